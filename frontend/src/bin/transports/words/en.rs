//! English.

use crate::{
    follower::Standing, run::End, speech::Line, transport::Transport, trouble::Trouble,
    words::LessonWords,
};

pub(super) const WORDS: LessonWords = LessonWords {
    title: "Transports · Parlor",
    back: "To the chat",
    heading: "One conversation, three ways",
    lead: "Pages once had to ask again and again whether there was news. Then the server learned to wait with its answer. \
           Today one connection stays open, and either side speaks when it has something to say. Parlor can do all three: \
           here they carry the same messages at once, from your browser to this server.",
    start: "Start",
    starting: "Starting…",
    again: "Start again",
    stop: "Stop",
    ready: "It takes two minutes, and says a few lines in the room “Transports”. If you are not in it yet, you join it for that long.",
    left: |seconds| format!("{}:{:02} left", seconds / 60, seconds % 60),
    progress: "How much of the time is over",
    retry: "Try again",
    enter: "Sign in",
    name,
    how: |way| match way {
        Transport::Short => "Asks every two seconds, and is answered at once, news or not.",
        Transport::Long => "Asks once; the server holds the answer until there is news.",
        Transport::Socket => {
            "Asks once, to open a connection. All the rest goes through it, both ways."
        }
    },
    line: |Line { number, by, place }| {
        let text = match place {
            0 => "Is anybody there?",
            1 => "Yes, I hear you.",
            _ => "So do I.",
        };
        format!("{number} · {}: {text}", name(by))
    },
    standing: |standing| match standing {
        Standing::Opening => "not connected yet",
        Standing::Live => "connected",
        Standing::Ended(_) => "cut off",
        Standing::Over => "closed",
    },
    lost: |way, code, was_open| match way {
        Transport::Socket if !was_open => format!(
            "No WebSocket gets through here (code {code}): something between this browser and the server stops it. The other ways go on."
        ),
        Transport::Socket => format!("The connection was cut (code {code})."),
        Transport::Short | Transport::Long => format!("A request got no answer (code {code})."),
    },
    requests: "Requests",
    median: "Median delay",
    last: "Last delay",
    empty: "Came back empty",
    frames: "Frames, both ways",
    sent: "Sent",
    received: "Received",
    all: "With headers, about",
    unit: "ms",
    ago: "30 s ago",
    now: "now",
    strip: |requests, heard| {
        format!(
            "The last 30 seconds as a drawing. So far: requests {requests}, messages heard {heard}."
        )
    },
    legend: "What is drawn",
    bar: "a request, until its answer; the open connection",
    said: "what this way itself said",
    message: "a message, from when it was said to when it was heard",
    counted_title: "What is counted",
    counted: &[
        "Requests and frames: every one, also those that say something. Every message goes out by one way, each in turn, and is heard by all three.",
        "Sent and received: the bodies of requests and answers and the frames, to the byte.",
        "Headers: those of answers as the browser shows them; for each request 650 bytes are added, and 190 for the answer that opens the WebSocket, \
         which no page can see. Newer versions of HTTP pack them smaller.",
        "A delay: from the moment this page sends a message to the moment it hears it. People who are in the room too are heard, and cost their bytes.",
        "People talk, then pause; so do these lines. In a busier room long polling asks more often, and short polling never does: it is only late.",
    ],
    sum_title: "What it came to",
    took_each: |way, n, written, only| {
        let requests = if n == 1 { "request" } else { "requests" };
        let only = only.map(|heard| format!(" for only {heard} of them")).unwrap_or_default();
        format!("{} {written} {requests}{only}", inline(way))
    },
    took: |messages, ways| format!("To say and hear the same {messages} messages, it took {ways}."),
    within_each: |way, ms| format!("{ms}\u{a0}ms by {}", inline(way)),
    within: |ways| format!("Half of what was heard came within {ways}."),
    weighed_each: |way, bytes| format!("{bytes} for {}", inline(way)),
    weighed: |ways| format!("With headers, about this much went back and forth: {ways}."),
    end: |end, left| {
        match end {
        End::Over if left => "The time is over. You have left the room again.".into(),
        End::Over => "The time is over.".into(),
        End::Stopped if left => "Stopped. You have left the room again.".into(),
        End::Stopped => "Stopped.".into(),
        End::Hidden => "It stopped because this page was out of sight: browsers slow such pages down, and nothing measured then would be true.".into(),
        End::Trouble(what) => trouble(what),
    }
    },
    trouble,
};

/// Within a sentence.
fn inline(way: Transport) -> &'static str {
    match way {
        Transport::Short => "short polling",
        Transport::Long => "long polling",
        Transport::Socket => "the WebSocket",
    }
}

fn name(way: Transport) -> &'static str {
    match way {
        Transport::Short => "Short polling",
        Transport::Long => "Long polling",
        Transport::Socket => "WebSocket",
    }
}

fn trouble(trouble: Trouble) -> String {
    match trouble {
        Trouble::NoSession => "Nobody is signed in here. Sign in to the chat first, then come back.".into(),
        Trouble::Unreached => "The server does not answer. Check the connection, then try again.".into(),
        Trouble::Restarting => "The server is restarting. Start again in a moment.".into(),
        Trouble::StoreAway => "The server cannot reach its store. Try again in a moment.".into(),
        Trouble::Crowded => "You have as many connections open as the server allows. Close other tabs of Parlor, then start again.".into(),
        Trouble::TooFast { seconds: 1 } => "That was fast: the server takes no more for a second.".into(),
        Trouble::TooFast { seconds } => format!("That was fast: the server takes no more for {seconds} seconds."),
        Trouble::RoomFull => "The room “Transports” is full. Try again when somebody has left.".into(),
        Trouble::NameTaken => "Another room has a name that looks like “Transports”, so the room for this cannot be made. Tell whoever runs this server.".into(),
        Trouble::OutOfRoom => "You are no longer in the room “Transports”; perhaps another tab left it. Start again.".into(),
        Trouble::Foreign => "This page comes from another address than the server expects. Open the server's own address.".into(),
        Trouble::Other(code) => format!("The server refused something this page did not expect (code {code}). Load the page again."),
    }
}
