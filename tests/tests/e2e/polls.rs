//! Requests instead of a socket, as somebody writes them by hand, and as somebody does who means harm.

mod hostile;
mod slow;

use std::{collections::BTreeMap, pin::pin};

use futures_util::future::join_all;
use parlor_shared::{
    Action, AnswerId, Body, Command, CommandId, Event, LogId, Outcome, Page, PollAnswer,
    PollRequest, Position, Problem, encode, read,
};
use parlor_tests::{
    EngineKind, Node, PATIENCE, Readings, Session, Store, eventually, fresh_command, roomy,
};
use reqwest::{Client, RequestBuilder, StatusCode};
use tokio::time::timeout;

use crate::{
    cast::{Stage, lobby, lobby_log, send},
    on_both_engines,
};

on_both_engines!(
    a_poll_waits_until_something_is_said,
    a_poll_that_does_not_wait_is_answered_at_once,
    an_answer_that_did_not_arrive_is_given_again,
    a_poll_that_was_given_up_loses_nothing,
    a_command_is_answered_by_its_reply_and_a_fitting_status,
    a_repeated_command_gets_its_first_answer,
    the_messages_of_a_room_are_read_page_by_page,
    a_command_under_way_when_its_node_stops_gets_its_own_reply,
);

/// Somebody with nothing but an HTTP client.
pub(crate) struct Caller {
    http: Client,
    url: String,
    token: String,
}

impl Caller {
    pub(crate) fn new(url: &str, session: &Session) -> Self {
        Self { http: Client::new(), url: url.to_owned(), token: session.token.clone() }
    }

    pub(crate) async fn arrives(stage: &Stage, name: &str) -> Self {
        Self::new(stage.node.url(), &stage.session(name).await)
    }

    fn post(&self, path: &str, body: String) -> RequestBuilder {
        self.http.post(format!("{}/api/v1/{path}", self.url)).bearer_auth(&self.token).body(body)
    }

    pub(crate) async fn asks(
        &self,
        poll: &PollRequest,
    ) -> Result<PollAnswer, (StatusCode, Problem)> {
        self.asks_raw(encode(poll)).await
    }

    pub(crate) async fn asks_raw(&self, body: String) -> Result<PollAnswer, (StatusCode, Problem)> {
        let answer = self.post("poll", body).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        match read(&text) {
            Some(answer) => {
                assert_eq!(status, 200);
                Ok(answer)
            }
            None => Err((status, read(&text).unwrap_or_else(|| panic!("{status}: {text}")))),
        }
    }

    async fn commands(&self, id: CommandId, action: Action) -> (StatusCode, Event) {
        let body = encode(&Command { id, action });
        let answer = self.post("commands", body).send().await.unwrap();
        let status = answer.status();
        (status, read(&answer.text().await.unwrap()).unwrap())
    }

    pub(crate) async fn says(&self, text: &str) {
        let (status, event) = self.commands(fresh_command(), send(&lobby(), text)).await;
        assert_eq!(status, 200, "{event:?}");
    }

    /// Greets and has what the lobby holds: the next poll.
    pub(crate) async fn begins(&self) -> PollRequest {
        let after = BTreeMap::from([(lobby_log(), None)]);
        let first = PollRequest { after, ..PollRequest::default() };
        let answer = self.asks(&first).await.unwrap();
        assert!(matches!(answer.events.first(), Some(Event::Welcome(_))), "{answer:?}");
        next(&first, &answer)
    }
}

/// The poll after an answer.
fn next(poll: &PollRequest, answer: &PollAnswer) -> PollRequest {
    let mut after = poll.after.clone();
    for event in &answer.events {
        match event {
            Event::Entry(entry) => {
                let position = Position { epoch: entry.epoch.clone(), offset: entry.offset };
                after.insert(entry.log.clone(), Some(position));
            }
            Event::Changes(page) => {
                after.insert(page.log.clone(), Some(page.position.clone()));
            }
            _ => {}
        }
    }
    PollRequest { answer: Some(answer.answer.clone()), after, wait_ms: 25_000 }
}

fn texts(events: &[Event]) -> Vec<String> {
    let records = events.iter().flat_map(|event| match event {
        Event::Entry(entry) => vec![entry.record.clone()],
        Event::Changes(page) => page.records.clone(),
        _ => Vec::new(),
    });
    let texts = records.filter_map(|record| match record.body {
        Body::Message(message) => message.text,
        _ => None,
    });
    texts.collect()
}

/// The texts that come next, presence and the like passed over.
async fn hears(caller: &Caller, poll: &mut PollRequest) -> Vec<String> {
    let told = async {
        loop {
            let answer = caller.asks(poll).await.unwrap();
            *poll = next(poll, &answer);
            let texts = texts(&answer.events);
            if !texts.is_empty() {
                return texts;
            }
        }
    };
    timeout(PATIENCE, told).await.unwrap()
}

async fn a_poll_waits_until_something_is_said(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (Caller::arrives(&stage, "Ada").await, Caller::arrives(&stage, "Bob").await);
    let mut poll = bob.begins().await;
    for text in ["one", "two", "three"] {
        let (heard, ()) = tokio::join!(hears(&bob, &mut poll), ada.says(text));
        assert_eq!(heard, [text]);
    }
}

async fn a_poll_that_does_not_wait_is_answered_at_once(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (Caller::arrives(&stage, "Ada").await, Caller::arrives(&stage, "Bob").await);
    let mut poll = PollRequest { wait_ms: 0, ..bob.begins().await };
    loop {
        let answer = bob.asks(&poll).await.unwrap();
        poll = PollRequest { wait_ms: 0, ..next(&poll, &answer) };
        if answer.events.is_empty() {
            break;
        }
    }
    ada.says("one").await;
    ada.says("two").await;
    let mut heard = Vec::new();
    while heard.len() < 2 {
        let answer = bob.asks(&poll).await.unwrap();
        poll = PollRequest { wait_ms: 0, ..next(&poll, &answer) };
        heard.extend(texts(&answer.events));
    }
    assert_eq!(heard, ["one", "two"]);
}

async fn an_answer_that_did_not_arrive_is_given_again(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (Caller::arrives(&stage, "Ada").await, Caller::arrives(&stage, "Bob").await);
    let mut poll = bob.begins().await;
    ada.says("lost on its way").await;
    let mut lost = poll.clone();
    assert_eq!(hears(&bob, &mut lost).await, ["lost on its way"]);
    assert_eq!(hears(&bob, &mut poll).await, ["lost on its way"]);
    ada.says("and then").await;
    assert_eq!(hears(&bob, &mut poll).await, ["and then"]);
}

async fn a_poll_that_was_given_up_loses_nothing(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (Caller::arrives(&stage, "Ada").await, Caller::arrives(&stage, "Bob").await);
    let (mut poll, mut heard) = (bob.begins().await, Vec::new());
    let said: Vec<String> = (0..10).map(|n| format!("message {n}")).collect();
    for text in &said {
        let mut saying = pin!(ada.says(text));
        tokio::select! {
            answer = bob.asks(&poll) => {
                let answer = answer.unwrap();
                heard.extend(texts(&answer.events));
                poll = next(&poll, &answer);
                saying.await;
            }
            // The poll under way is dropped, whatever has come of it.
            () = &mut saying => {}
        }
    }
    while heard.len() < said.len() {
        heard.extend(hears(&bob, &mut poll).await);
    }
    assert_eq!(heard, said);
}

async fn a_command_is_answered_by_its_reply_and_a_fitting_status(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    let id = fresh_command();
    let (status, event) = ada.commands(id, send(&lobby(), "hello")).await;
    assert_eq!(status, 200);
    assert!(matches!(event, Event::Ok { id: of, result: Outcome::Written { .. } } if of == id));
    for (action, status, problem) in [
        (send(&lobby(), " "), 400, Problem::TextEmpty),
        (Action::Delete { room: lobby(), number: 9 }, 404, Problem::NoSuchMessage { number: 9 }),
        (Action::Leave { room: lobby() }, 400, Problem::LobbyStays),
    ] {
        let id = fresh_command();
        let answer = ada.commands(id, action).await;
        assert_eq!(answer.0, status);
        assert_eq!(answer.1, Event::Error { id: Some(id), problem });
    }
}

async fn a_repeated_command_gets_its_first_answer(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    let id = fresh_command();
    let first = ada.commands(id, send(&lobby(), "once")).await;
    assert_eq!(ada.commands(id, send(&lobby(), "once")).await, first);
}

async fn the_messages_of_a_room_are_read_page_by_page(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    ada.says("one").await;
    let get = async |query: &str| {
        let url = format!("{}/api/v1/rooms/lobby/messages{query}", ada.url);
        let answer = ada.http.get(url).bearer_auth(&ada.token).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    let (_, text) = get("").await;
    let page: Page = read(&text).unwrap();
    assert_eq!(texts(&[Event::Changes(page.clone())]), ["one"]);
    ada.says("two").await;
    let Position { epoch, offset } = page.position;
    let (_, text) = get(&format!("?since={epoch}:{offset}")).await;
    let page: Page = read(&text).unwrap();
    assert_eq!(
        (texts(&[Event::Changes(page.clone())]), page.reset),
        (vec!["two".to_owned()], None)
    );
    for (query, status) in
        [("?since=x", 400), ("?since=x:-1", 400), ("?since=a:9007199254740993", 400)]
    {
        let (answered, text) = get(query).await;
        assert_eq!(
            (answered.as_u16(), read::<Problem>(&text)),
            (status, Some(Problem::BadParameters))
        );
    }
}

async fn a_command_under_way_when_its_node_stops_gets_its_own_reply(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = Caller::arrives(&stage, "Ada").await;
    let talks = async || {
        let mut told = 0;
        // Until nobody is there any more.
        while let Ok(answer) = ada.post("commands", said()).send().await
            && let Ok(text) = answer.text().await
        {
            match read::<Event>(&text) {
                Some(Event::Ok { .. } | Event::Error { .. }) => told += 1,
                Some(event) => panic!("no reply: {event:?}"),
                None => assert_eq!(read(&text), Some(Problem::Stopping)),
            }
        }
        told
    };
    let stops = async {
        eventually("they talk", async || (connections(&stage).await > 0.0).then_some(()))
            .await
            .unwrap();
        stage.node.stop().await.unwrap();
    };
    let (told, ()) = tokio::join!(join_all((0..8).map(|_| talks())), stops);
    assert!(told.iter().sum::<usize>() > 0);
}

fn said() -> String {
    encode(&Command { id: fresh_command(), action: send(&lobby(), "on and on") })
}

async fn connections(stage: &Stage) -> f64 {
    Readings::of(stage.node.url()).await.unwrap().value("parlor_connections")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn polls_go_on_at_any_node() {
    let store = Store::new(EngineKind::Redis).await.unwrap();
    let one = Node::start_with(&store, roomy()).await.unwrap();
    let two = Node::start_with(&store, roomy()).await.unwrap();
    let session = Session::begin(one.url(), "Ada").await.unwrap();
    let bob = Session::begin(two.url(), "Bob").await.unwrap();
    let here = [&one, &two].map(|node| Caller::new(node.url(), &bob));
    let ada = Caller::new(one.url(), &session);
    let mut poll = here.first().unwrap().begins().await;
    let mut heard = Vec::new();
    for (n, bob) in here.iter().cycle().take(10).enumerate() {
        ada.says(&format!("message {n}")).await;
        heard.extend(hears(bob, &mut poll).await);
    }
    assert_eq!(heard, (0..10).map(|n| format!("message {n}")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shell_lines_of_the_document_do_what_they_say() {
    let stage = Stage::new(EngineKind::Embedded).await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/protocol.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (_, rest) = document.split_once("\n```sh\n").unwrap();
    let (lines, _) = rest.split_once("\n```").unwrap();
    let here = lines.replacen("http://localhost:3000", stage.node.url(), 1);
    assert_ne!(here, lines);
    let shell = tokio::process::Command::new("sh").arg("-c").arg(here).output().await.unwrap();
    let said = String::from_utf8(shell.stdout).unwrap();
    assert!(shell.status.success(), "{said}");
    assert!(said.contains(r#""result":{"written":"#), "{said}");
    let messages = said.matches("hello from a shell").count();
    assert_eq!(messages, 2, "read and polled: {said}");
    assert!(said.contains(r#"{"type":"welcome""#), "{said}");
}
