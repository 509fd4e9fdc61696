//! Has nodes do something, and does what they wish: events and answers to send, questions to ask.

use parlor::engine::Outcome;

use super::{
    agenda::Happening,
    connection::ConnectionKey,
    dice::Dice,
    node::{Node, NodeId, Purpose, Wish},
    store::{Answer, Ask},
    world::World,
};

impl World {
    /// Lets a node do something, if this running of it still lives, and does what it wishes.
    pub(super) fn at_node(&mut self, id: NodeId, act: impl FnOnce(&mut Node, u64, &mut Dice)) {
        let node = &mut self.nodes[id.index];
        if node.id != id || !node.up {
            return;
        }
        act(node, self.now, &mut self.dice);
        let wishes = node.settle(self.now, &mut self.dice);
        for wish in wishes {
            self.grant(id, wish);
        }
        let node = &mut self.nodes[id.index];
        if let Some(due) = node.next_due().map(|due| due.max(self.now + 1))
            && node.due_at.is_none_or(|set| due < set)
        {
            node.due_at = Some(due);
            self.agenda.set(due, Happening::NodeDue(id));
        }
    }

    fn grant(&mut self, id: NodeId, wish: Wish) {
        let arrives = self.now + self.delay();
        match wish {
            Wish::Send(ConnectionKey::Socket(socket), event) => {
                let arrives = self.sockets.arrives_at_client(socket, arrives);
                self.agenda.set(arrives, Happening::ToClient(socket, Box::new(event)));
            }
            Wish::Close(key @ ConnectionKey::Socket(socket), code) => {
                let arrives = self.sockets.arrives_at_client(socket, arrives);
                self.agenda.set(arrives, Happening::ClosedAtClient(socket, code));
                self.nodes[id.index].closed(key);
            }
            // A node keeps these itself.
            Wish::Send(ConnectionKey::StandIn(_), _)
            | Wish::Close(ConnectionKey::StandIn(_), _) => {}
            Wish::Respond(request, reply) => self.respond(request, reply),
            Wish::Ask(purpose, _) if self.stormy() && self.dice.percent(2) => {
                self.timeout(id, purpose);
            }
            Wish::Ask(purpose, ask) => self.agenda.set(arrives, Happening::Asked(id, purpose, ask)),
        }
    }

    fn timeout(&mut self, id: NodeId, purpose: Purpose) {
        let at = self.now + 5_000;
        self.agenda.set(at, Happening::Answered(id, purpose, Box::new(Answer::Timeout)));
    }

    /// The store does what a node asked, announces what it wrote, and answers.
    pub(super) fn asked(&mut self, id: NodeId, purpose: Purpose, ask: Ask) {
        let answer = self.store.answer(ask, super::commands::EPOCH_MS + self.now);
        if let Answer::Done(Outcome::Written(entry)) | Answer::RoleSet(Outcome::Written(entry)) =
            &answer
        {
            for index in 0..self.nodes.len() {
                let node = self.nodes[index].id;
                let times = match self.dice.between(0, 9) {
                    0 if self.stormy() => 0,
                    1 if self.stormy() => 2,
                    _ => 1,
                };
                for _ in 0..times {
                    let at = self.now + self.delay() + self.dice.between(0, 60);
                    self.agenda.set(at, Happening::Announced(node, Box::new(entry.clone())));
                }
            }
            if self.dice.percent(12) {
                self.store.sync();
            }
        }
        if self.stormy() && self.dice.percent(2) {
            return self.timeout(id, purpose);
        }
        let arrives = self.now + self.delay();
        self.agenda.set(arrives, Happening::Answered(id, purpose, Box::new(answer)));
    }
}
