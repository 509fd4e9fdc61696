//! English.

use parlor_shared::Problem;

use super::{
    BellWords, ComposerWords, LinkWords, PeopleWords, RoomWords, SettingsWords, ShortcutWords,
    SignInWords, SwitcherWords, TimelineWords, Words,
};

/// The sentences.
pub(super) const WORDS: Words = Words {
    sign_in: SignInWords {
        title: "What should people call you?",
        lead: "A name is all it takes. You can talk right away.",
        name: "Your name",
        enter: "Come in",
        entering: "Opening the door…",
        use_suggestion: |name| format!("Use “{name}”"),
    },
    rooms: RoomWords {
        title: "Rooms",
        lobby: "Lobby",
        find_or_make: "Find or make a room",
        search: "Name of a room",
        join: "Join",
        open: "Open",
        nothing_found: |name| format!("No room is called “{name}” yet."),
        none_yet: "No rooms to find yet. Type a name to make the first.",
        more: "Show more rooms",
        make_hint: |name| {
            format!("Make a new room called “{name}”. Anyone here can find and join it.")
        },
        make: "Make room",
        leave: "Leave room",
        leave_hint: "You can find and join this room again at any time.",
        menu: "Room menu",
        back: "Back to the rooms",
        unread: |n| format!("{n} unread"),
        draft: "Unsent draft",
        failed: "A message was not sent",
        choose: "Choose a room to read and write in.",
    },
    timeline: TimelineWords {
        label: |room| format!("Messages in {room}"),
        new: "New",
        not_kept: |n| match n {
            1 => "1 message was not kept".to_owned(),
            n => format!("{n} messages were not kept"),
        },
        start: |room| format!("This is where {room} begins"),
        start_hint: "Nothing was said before this.",
        invite: |address| format!("Others come in at {address}"),
        invite_near: |port| {
            format!(
                "Others in your network come in by this computer's name or address, port {port}."
            )
        },
        copy_address: "Copy address",
        copied: "Copied",
        empty: "Nobody has said anything here yet. The first word is yours.",
        loading: "Loading messages…",
        pending: "Being sent",
        in_doubt: "This may already have arrived; the connection broke before the answer came.",
        lost: "The server lost this message.",
        retry: "Send again",
        discard: "Discard",
        menu: "Message",
        copy: "Copy text",
        edit: "Edit",
        save: "Save",
        cancel: "Cancel",
        delete: "Delete",
        undo: "Undo",
        deleted: "Message deleted",
        edited: "edited",
        unfold: "Show all",
        fold: "Show less",
        jump: "Jump to newest",
        jump_new: |n| counted(n, "new message", "new messages"),
        spoken: |name, text| format!("{name}: {text}"),
        spoken_many: |n| counted(n, "new message", "new messages"),
    },
    composer: ComposerWords {
        label: |room| format!("Write to {room}"),
        send: "Send",
        keys: "Enter sends, Shift + Enter starts a new line",
        later: "Will be sent when you are back",
        left: |n| counted(n, "character left", "characters left"),
        over: |n| counted(n, "character too many", "characters too many"),
        typing_one: |a| format!("{a} is typing"),
        typing_two: |a, b| format!("{a} and {b} are typing"),
        typing_many: |n| format!("{n} people are typing"),
    },
    people: PeopleWords {
        title: "People",
        here: |n| format!("Here now: {n}"),
        away: |n| format!("Away: {n}"),
        is_here: "here now",
        is_away: "away",
        you: "you",
        show: |n| match n {
            1 => "People: 1 member".to_owned(),
            n => format!("People: {n} members"),
        },
    },
    link: LinkWords {
        lit: "Connected",
        ways: ["WebSocket", "Long polling", "Short polling"],
        dim: "Connecting…",
        out: "No connection",
        again_in: |n| match n {
            1 => "No connection. Trying again in 1 second.".to_owned(),
            n => format!("No connection. Trying again in {n} seconds."),
        },
        trying: "No connection. Trying again…",
        no_network: "This device is offline. Parlor connects by itself once it is back.",
        try_now: "Try now",
        shut: |code| {
            format!("The server ended this connection (code {code}). Load the page again to go on.")
        },
    },
    settings: SettingsWords {
        title: "Settings",
        name: "Your name",
        save: "Save",
        theme: "Appearance",
        system: "System",
        light: "Light",
        dark: "Dark",
        density: "Density",
        cosy: "Cosy",
        compact: "Compact",
        sound: "Sound",
        on: "On",
        off: "Off",
        way: "Connection",
        any_way: "Automatic",
        transports: "Compare the transports",
        language: "Language",
        sign_out: "Sign out",
        unsent: |n| match n {
            1 => "1 message is not sent yet. Signing out erases it.".to_owned(),
            n => format!("{n} messages are not sent yet. Signing out erases them."),
        },
        sign_out_anyway: "Erase and sign out",
    },
    switcher: SwitcherWords {
        title: "Go to",
        hint: "A room, or something to do",
        of: |kind, choice| format!("{kind}: {choice}"),
    },
    shortcuts: ShortcutWords {
        title: "Keyboard shortcuts",
        everywhere: "Everywhere",
        writing: "While writing",
        reading: "Among messages",
        switcher: "Go to a room, or do something",
        sheet: "Show this sheet",
        leave: "Close what is open; then mark as read and go to the end",
        room: "Previous or next room",
        unread: "Previous or next unread room",
        send: "Send",
        line: "Start a new line",
        edit_last: "In an empty field: edit your last message",
        rows: "Previous or next message",
        ends: "First or last message",
        menu: "What can be done with a message",
    },
    bell: BellWords {
        label: "Notifications",
        on: "Notify me here",
        is_on: "This browser tells you of new messages while you look elsewhere.",
        off: "Stop notifying me here",
        blocked: "This browser blocks notifications from here. Allow them in its settings for this site, then load the page again.",
        absent: "Notifications need HTTPS.",
        title: |name, room| format!("{name} in {room}"),
    },
    close: "Close",
    problem,
    unreached: "Parlor cannot be reached. Check the connection, then try again.",
    not_stored: "This browser stores nothing for Parlor, so unsent messages are lost when the page closes.",
    update: "A new version of Parlor is ready. What you are writing stays.",
    load_update: "Load it now",
    outbox_full: "200 unsent messages are waiting, and no more can be kept. Connect first, then go on.",
    forked: |room, n| match n {
        0 => format!(
            "The server lost the latest messages in {room}. Yours that are gone can be sent again."
        ),
        1 => format!(
            "The server lost the latest message in {room}. If it was yours, you can send it again."
        ),
        n => format!(
            "The server lost the latest {n} messages in {room}. Yours that are gone can be sent again."
        ),
    },
    left: |room| format!("You are no longer in {room}. You can find and join it again."),
};

/// `1 member`, `5 members`.
fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What went wrong, and what to do next.
fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Malformed
        | Problem::UnknownCommand
        | Problem::BadParameters
        | Problem::TooDeep { .. } => fault("This page and the server do not understand each other. Load the page again", problem),
        Problem::TooManyInFlight { .. } | Problem::TooManyConnections => "Too much at once. It goes on by itself in a moment.".into(),
        Problem::TooManyFollows { max } => format!("No more than {max} rooms can be open at once. Leave one to join another."),
        Problem::NoSuchRoom { .. } => "This room is not there any more. Find another, or make one.".into(),
        Problem::NotAMember => "You are not a member of this room. Join it, then try again.".into(),
        Problem::NotAllowed => "Your role in this room does not allow that. Ask its owner.".into(),
        Problem::RoomFull { max } => format!("This room is full ({max} members). Try again when somebody has left."),
        Problem::LobbyStays => "Everybody is in the lobby; it cannot be left.".into(),
        Problem::NoSuchMessage { .. } => "This message is not kept any more, so it cannot be changed.".into(),
        Problem::TextEmpty => "There is nothing to read in this message. Write something first.".into(),
        Problem::TextTooLong { max, .. } => format!("A message can have {max} characters. Shorten it or send it in parts."),
        Problem::NameNotAllowed { max } => format!("A name has 1 to {max} visible characters. Try another."),
        Problem::NameTaken { .. } => "This name, or one that looks like it, is taken. Choose another.".into(),
        Problem::TooFast { wait_ms } => format!("That was fast. Try again in {}.", counted(wait_ms.div_ceil(1000), "second", "seconds")),
        Problem::StoreAway => "The server cannot reach its store. It is tried again by itself.".into(),
        Problem::StoreTimeout => "The server's store did not answer in time. It is asked again by itself.".into(),
        Problem::Busy => "Others changed this at the same moment. Try again.".into(),
        Problem::Stopping => "The server is restarting. It goes on by itself in a moment.".into(),
        Problem::Internal => fault("The server had a fault and has logged it. Try again", problem),
        Problem::NoSession => "Your session has ended. Sign in again.".into(),
        Problem::ForeignOrigin => "This page comes from another address than the server expects. Open the server's own address.".into(),
        Problem::Unknown { .. } => fault("The server refused this for a reason newer than this page. Load the page again", problem),
    }
}

/// A sentence with the number to report.
fn fault(sentence: &str, problem: &Problem) -> String {
    format!("{sentence} (code {}).", problem.code())
}
