//! Simplified Chinese.

use crate::{
    follower::Standing, run::End, speech::Line, transport::Transport, trouble::Trouble,
    words::LessonWords,
};

pub(super) const WORDS: LessonWords = LessonWords {
    title: "传输方式 · Parlor",
    back: "返回聊天",
    heading: "同一场对话，三种传输方式",
    lead: "早先，网页只能一遍遍地问服务器有没有新消息；后来，服务器学会了先不回答，等有消息再答；如今，一条连接始终开着，哪一方有话随时都能说。\
           Parlor 三种方式都支持：在这里，它们同时把同样的消息从你的浏览器传到这台服务器。",
    start: "开始",
    starting: "正在开始…",
    again: "再来一次",
    stop: "停止",
    ready: "全程两分钟，会在“Transports”聊天室说几句话；如果你不在其中，会临时加入。",
    left: |seconds| format!("剩余 {}:{:02}", seconds / 60, seconds % 60),
    progress: "已用时间",
    retry: "重试",
    enter: "登录",
    name,
    how: |way| match way {
        Transport::Short => "每两秒问一次，不管有没有消息，服务器都立即回答。",
        Transport::Long => "问一次，服务器等到有消息才回答。",
        Transport::Socket => "只问一次，用来建立连接；此后双向的消息都走这条连接。",
    },
    line: |Line { number, by, place }| {
        let text = match place {
            0 => "有人在吗？",
            1 => "在，听得到。",
            _ => "我也听得到。",
        };
        format!("{number} · {}：{text}", name(by))
    },
    standing: |standing| match standing {
        Standing::Opening => "尚未连接",
        Standing::Live => "已连接",
        Standing::Ended(_) => "已中断",
        Standing::Over => "已关闭",
    },
    lost: |way, code, was_open| match way {
        Transport::Socket if !was_open => format!(
            "WebSocket 在这里无法连通（代码 {code}）：浏览器与服务器之间有东西拦住了它。另外两种方式照常进行。"
        ),
        Transport::Socket => format!("连接断开了（代码 {code}）。"),
        Transport::Short | Transport::Long => format!("有一个请求没有得到回答（代码 {code}）。"),
    },
    requests: "请求数",
    median: "延迟中位数",
    last: "最近一次延迟",
    empty: "空手而归",
    frames: "双向帧数",
    sent: "发送",
    received: "接收",
    all: "连同首部约",
    unit: "毫秒",
    ago: "30 秒前",
    now: "现在",
    strip: |requests, heard| {
        format!("最近 30 秒的示意图。到目前为止：请求 {requests} 次，收到消息 {heard} 条。")
    },
    legend: "图例",
    bar: "一次请求，直到得到回答；或一直开着的连接",
    said: "由这种方式发出的话",
    message: "一条消息，从说出到听到",
    counted_title: "统计了什么",
    counted: &[
        "请求与帧：每一个都算，发消息用的也算。每条消息轮流由一种方式发出，三种方式都会听到。",
        "发送与接收：请求和回答的正文以及帧，精确到字节。",
        "首部：回答的首部按浏览器给出的计算；网页看不到请求的首部，每个请求按 650 字节估算，建立 WebSocket 的那个回答按 190 字节估算。较新版本的 HTTP 会把首部压得更小。",
        "延迟：从本页发出消息到本页听到它的时间。聊天室里其他人的话也会听到，其字节也算在内。",
        "人们说话时断时续，这里也是如此。聊天室越热闹，长轮询问得越多；短轮询不会问得更多，只会迟到。",
    ],
    sum_title: "结果",
    took_each: |way, _, written, only| {
        let only = only.map(|heard| format!("（只听到其中 {heard} 条）")).unwrap_or_default();
        format!("{} {written} 次请求{only}", name(way))
    },
    took: |messages, ways| format!("说出并听到同样的 {messages} 条消息，用了：{ways}。"),
    within_each: |way, ms| format!("{} {ms}\u{a0}毫秒", name(way)),
    within: |ways| format!("听到的消息中，一半的延迟不超过：{ways}。"),
    weighed_each: |way, bytes| format!("{} {bytes}", name(way)),
    weighed: |ways| format!("连同首部，往返的数据约为：{ways}。"),
    end: |end, left| match end {
        End::Over if left => "时间到了。你已离开聊天室。".into(),
        End::Over => "时间到了。".into(),
        End::Stopped if left => "已停止。你已离开聊天室。".into(),
        End::Stopped => "已停止。".into(),
        End::Hidden => {
            "页面不在眼前，所以停了下来：浏览器会放慢这样的页面，量出来的结果就不准了。".into()
        }
        End::Trouble(what) => trouble(what),
    },
    trouble,
};

fn name(way: Transport) -> &'static str {
    match way {
        Transport::Short => "短轮询",
        Transport::Long => "长轮询",
        Transport::Socket => "WebSocket",
    }
}

fn trouble(trouble: Trouble) -> String {
    match trouble {
        Trouble::NoSession => "这里还没有人登录。请先登录聊天，然后再回来。".into(),
        Trouble::Unreached => "服务器没有应答。请检查网络连接，然后重试。".into(),
        Trouble::Restarting => "服务器正在重启，请稍后再开始。".into(),
        Trouble::StoreAway => "服务器无法访问其存储，请稍后重试。".into(),
        Trouble::Crowded => {
            "你打开的连接数已达上限。请关闭其他 Parlor 标签页，然后重新开始。".into()
        }
        Trouble::TooFast { seconds } => format!("太快了：服务器在 {seconds} 秒内不再接受请求。"),
        Trouble::RoomFull => "“Transports”聊天室已满，等有人离开后再试。".into(),
        Trouble::NameTaken => {
            "已有聊天室的名称与“Transports”过于相似，因此无法创建这里要用的聊天室。请联系这台服务器的管理员。".into()
        }
        Trouble::OutOfRoom => {
            "你已不在“Transports”聊天室，可能是另一个标签页离开了。请重新开始。".into()
        }
        Trouble::Foreign => "此页面的地址与服务器所期望的不同。请打开服务器自己的地址。".into(),
        Trouble::Other(code) => {
            format!("服务器因意料之外的原因拒绝了请求（代码 {code}）。请重新载入页面。")
        }
    }
}
