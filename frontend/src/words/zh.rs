//! Simplified Chinese.

use parlor_shared::Problem;

use super::{
    BellWords, ComposerWords, LinkWords, PeopleWords, RoomWords, SettingsWords, ShortcutWords,
    SignInWords, SwitcherWords, TimelineWords, Words,
};

/// The sentences.
pub(super) const WORDS: Words = Words {
    sign_in: SignInWords {
        title: "大家怎么称呼你？",
        lead: "起个名字，马上就能聊。",
        name: "你的名字",
        enter: "进来坐",
        entering: "正在开门…",
        use_suggestion: |name| format!("改用“{name}”"),
    },
    rooms: RoomWords {
        title: "房间",
        lobby: "大厅",
        find_or_make: "查找或新建房间",
        search: "房间名称",
        join: "加入",
        open: "打开",
        nothing_found: |name| format!("还没有叫“{name}”的房间。"),
        none_yet: "还没有可以加入的房间。输入名称，新建第一个吧。",
        more: "显示更多房间",
        make_hint: |name| format!("新建房间“{name}”，所有人都能找到并加入。"),
        make: "新建房间",
        leave: "离开房间",
        leave_hint: "以后随时可以重新找到并加入这个房间。",
        menu: "房间菜单",
        back: "返回房间列表",
        unread: |n| format!("{n} 条未读"),
        draft: "有未发送的草稿",
        failed: "有消息未能发送",
        choose: "选一个房间，开始聊天。",
    },
    timeline: TimelineWords {
        label: |room| format!("“{room}”中的消息"),
        new: "新消息",
        not_kept: |n| format!("有 {n} 条消息未被保留"),
        start: |room| format!("“{room}”从这里开始"),
        start_hint: "在此之前没有消息。",
        invite: |address| format!("其他人可以从 {address} 进来"),
        invite_near: |port| format!("同一网络里的人可以用这台电脑的名称或地址进来，端口 {port}。"),
        copy_address: "复制地址",
        copied: "已复制",
        empty: "这里还没有人说话，你来开个头吧。",
        loading: "正在载入消息…",
        pending: "正在发送",
        in_doubt: "这条消息可能已经送达；连接在收到回复之前断开了。",
        lost: "服务器丢失了这条消息。",
        retry: "重新发送",
        discard: "放弃",
        menu: "消息",
        copy: "复制文字",
        edit: "编辑",
        save: "保存",
        cancel: "取消",
        delete: "删除",
        undo: "撤销",
        deleted: "消息已删除",
        edited: "已编辑",
        unfold: "展开全文",
        fold: "收起",
        jump: "跳到最新消息",
        jump_new: |n| format!("{n} 条新消息"),
        spoken: |name, text| format!("{name}：{text}"),
        spoken_many: |n| format!("{n} 条新消息"),
    },
    composer: ComposerWords {
        label: |room| format!("发消息到“{room}”"),
        send: "发送",
        keys: "Enter 发送，Shift + Enter 换行",
        later: "恢复连接后会自动发送",
        left: |n| format!("还可输入 {n} 个字符"),
        over: |n| format!("超出 {n} 个字符"),
        typing_one: |a| format!("{a} 正在输入"),
        typing_two: |a, b| format!("{a} 和 {b} 正在输入"),
        typing_many: |n| format!("{n} 人正在输入"),
    },
    people: PeopleWords {
        title: "成员",
        here: |n| format!("在线：{n}"),
        away: |n| format!("离线：{n}"),
        is_here: "在线",
        is_away: "离线",
        you: "你",
        show: |n| format!("成员：{n} 人"),
    },
    link: LinkWords {
        lit: "已连接",
        ways: ["WebSocket", "长轮询", "短轮询"],
        dim: "正在连接…",
        out: "连接已断开",
        again_in: |n| format!("连接已断开，{n} 秒后重试。"),
        trying: "连接已断开，正在重试…",
        no_network: "本设备处于离线状态，恢复网络后会自动连接。",
        try_now: "立即重试",
        shut: |code| format!("服务器结束了这个连接（代码 {code}）。请重新载入页面。"),
    },
    settings: SettingsWords {
        title: "设置",
        name: "你的名字",
        save: "保存",
        theme: "外观",
        system: "跟随系统",
        light: "浅色",
        dark: "深色",
        density: "密度",
        cosy: "舒适",
        compact: "紧凑",
        sound: "提示音",
        on: "开",
        off: "关",
        way: "连接方式",
        any_way: "自动",
        transports: "对比传输方式",
        language: "语言",
        sign_out: "退出登录",
        unsent: |n| format!("还有 {n} 条消息没有发送，退出后将被清除。"),
        sign_out_anyway: "清除并退出",
    },
    switcher: SwitcherWords {
        title: "快速跳转",
        hint: "输入房间名或要做的事",
        of: |kind, choice| format!("{kind}：{choice}"),
    },
    shortcuts: ShortcutWords {
        title: "键盘快捷键",
        everywhere: "随处可用",
        writing: "写消息时",
        reading: "浏览消息时",
        switcher: "跳转到房间，或执行操作",
        sheet: "显示快捷键",
        leave: "先关闭打开的面板；再按则标为已读并回到底部",
        room: "上一个或下一个房间",
        unread: "上一个或下一个有未读消息的房间",
        send: "发送",
        line: "换行",
        edit_last: "输入框为空时，编辑自己的上一条消息",
        rows: "上一条或下一条消息",
        ends: "第一条或最后一条消息",
        menu: "打开消息菜单",
    },
    bell: BellWords {
        label: "通知",
        on: "在这里通知我",
        is_on: "你没在看时，此浏览器会提醒你有新消息。",
        off: "不再在这里通知",
        blocked: "此浏览器已阻止本站的通知。请在浏览器的网站设置中允许，然后重新载入页面。",
        absent: "通知功能需要 HTTPS。",
        title: |name, room| format!("{name} · {room}"),
    },
    close: "关闭",
    problem,
    unreached: "无法连接到 Parlor。请检查网络后重试。",
    not_stored: "此浏览器不为 Parlor 保存任何内容，关闭页面后，未发送的消息会丢失。",
    update: "Parlor 有新版本可用。正在写的内容会保留。",
    load_update: "立即载入",
    outbox_full: "已有 200 条消息等待发送，无法再保存更多。请先恢复连接。",
    forked: |room, n| match n {
        0 => format!("服务器丢失了“{room}”中最近的消息。其中属于你的消息可以重新发送。"),
        n => format!("服务器丢失了“{room}”中最近的 {n} 条消息。其中属于你的消息可以重新发送。"),
    },
    left: |room| format!("你已不在“{room}”中。可以重新查找并加入。"),
};

/// What went wrong, and what to do next.
fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Malformed
        | Problem::UnknownCommand
        | Problem::BadParameters
        | Problem::TooDeep { .. } => fault("页面与服务器的版本不一致，请重新载入页面", problem),
        Problem::TooManyInFlight { .. } | Problem::TooManyConnections => {
            "操作太多，稍后会自动继续。".into()
        }
        Problem::TooManyFollows { max } => {
            format!("最多只能同时打开 {max} 个房间。请先离开一个，再加入新的。")
        }
        Problem::NoSuchRoom { .. } => "这个房间已不存在。请查找其他房间，或新建一个。".into(),
        Problem::NotAMember => "你不是这个房间的成员。请先加入，再试一次。".into(),
        Problem::NotAllowed => "你在这个房间的身份不允许这样做，请联系房主。".into(),
        Problem::RoomFull { max } => format!("房间已满（{max} 人）。等有人离开后再试。"),
        Problem::LobbyStays => "大厅是所有人都在的房间，不能离开。".into(),
        Problem::NoSuchMessage { .. } => "这条消息已不再保留，无法修改。".into(),
        Problem::TextEmpty => "消息里没有可见的内容，请先写点什么。".into(),
        Problem::TextTooLong { max, .. } => {
            format!("一条消息最多 {max} 个字符。请缩短，或分几条发送。")
        }
        Problem::NameNotAllowed { max } => format!("名称须为 1 到 {max} 个可见字符，请换一个。"),
        Problem::NameTaken { .. } => "这个名称或与它相似的名称已被使用，请换一个。".into(),
        Problem::TooFast { wait_ms } => {
            format!("操作太快了，请在 {} 秒后重试。", wait_ms.div_ceil(1000))
        }
        Problem::StoreAway => "服务器暂时无法访问存储，会自动重试。".into(),
        Problem::StoreTimeout => "服务器的存储没有及时响应，会自动再次确认。".into(),
        Problem::Busy => "其他人同时做了修改，请再试一次。".into(),
        Problem::Stopping => "服务器正在重启，稍后会自动继续。".into(),
        Problem::Internal => fault("服务器出现故障，已记录。请稍后重试", problem),
        Problem::NoSession => "登录已失效，请重新登录。".into(),
        Problem::ForeignOrigin => "页面地址与服务器不一致，请打开服务器自己的地址。".into(),
        Problem::Unknown { .. } => fault("服务器因新的原因拒绝了请求，请重新载入页面", problem),
    }
}

/// A sentence with the number to report.
fn fault(sentence: &str, problem: &Problem) -> String {
    format!("{sentence}（代码 {}）。", problem.code())
}
