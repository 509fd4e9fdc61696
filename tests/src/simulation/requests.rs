//! Requests between clients and nodes: each on its own, so any may overtake any other.

use std::collections::BTreeMap;

use parlor_model::{Asking, LinkId};
use parlor_shared::{Event, PollAnswer, Problem, encode};

use super::node::NodeId;

/// One request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RequestId(pub(super) u64);

/// What it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Post(LinkId, Asking),
    Session(LinkId),
}

/// What it is answered.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Told(PollAnswer),
    Event(Event),
    Problem(Problem),
    /// The person is signed in.
    Known,
    /// Not the server's words, but those of somebody between.
    Foreign,
}

impl Reply {
    pub(super) fn body(&self) -> String {
        match self {
            Self::Told(answer) => encode(answer),
            Self::Event(event) => encode(event),
            Self::Problem(problem) => encode(problem),
            Self::Known => r#"{"person":{}}"#.to_owned(),
            Self::Foreign => "<h1>502 Bad Gateway</h1>".to_owned(),
        }
    }

    pub(super) fn events_mut(&mut self) -> &mut [Event] {
        match self {
            Self::Told(answer) => &mut answer.events,
            Self::Event(event) => std::slice::from_mut(event),
            Self::Problem(_) | Self::Known | Self::Foreign => &mut [],
        }
    }
}

/// Whose request it is, and how it fares.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) device: usize,
    /// Which load of the device's page made it.
    pub(super) load: u64,
    pub(super) what: What,
    /// When it arrives at a node, or did.
    pub(super) arrives: u64,
    /// Who answers it.
    pub(super) node: Option<NodeId>,
    /// The client wants the answer.
    pub(super) wanted: bool,
    /// An answer gets through.
    pub(super) carries: bool,
}

impl Request {
    pub(super) fn is_poll(&self) -> bool {
        matches!(self.what, What::Post(_, Asking::Poll(_)))
    }
}

/// All that are under way.
#[derive(Debug, Default)]
pub(super) struct Requests {
    requests: BTreeMap<RequestId, Request>,
    made: u64,
}

impl Requests {
    pub(super) fn add(&mut self, request: Request) -> RequestId {
        self.made += 1;
        self.requests.insert(RequestId(self.made), request);
        RequestId(self.made)
    }

    pub(super) fn get_mut(&mut self, id: RequestId) -> Option<&mut Request> {
        self.requests.get_mut(&id)
    }

    pub(super) fn remove(&mut self, id: RequestId) -> Option<Request> {
        self.requests.remove(&id)
    }

    /// Those that wait for their answers.
    pub(super) fn waiting(&self, chosen: impl Fn(&Request) -> bool) -> Vec<RequestId> {
        let waiting = |request: &&Request| request.wanted && request.carries && chosen(request);
        let requests = self.requests.iter().filter(|(_, request)| waiting(request));
        requests.map(|(id, _)| *id).collect()
    }
}
