//! Every connection of this node, counted by person and by source.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use parking_lot::Mutex;
use parlor_shared::{CloseCode, ConnectionId, Person, PersonId, limits};

use crate::{
    engine::{Online, SessionToken},
    hub::Connection,
    source::Source,
};

/// The connections, shared by everything that needs to know them.
#[derive(Clone, Debug)]
pub struct Connections {
    /// Held only to add, remove or copy.
    inner: Arc<Mutex<Inner>>,
    per_source: usize,
}

#[derive(Debug, Default)]
struct Inner {
    all: HashMap<ConnectionId, Arc<Connection>>,
    persons: HashMap<PersonId, usize>,
    sources: HashMap<Source, usize>,
}

/// A connection's place among the others; given back when dropped.
#[derive(Debug)]
pub struct Admission {
    connections: Connections,
    connection: Arc<Connection>,
    source: Source,
}

impl Connections {
    /// None yet; each source may have `per_source`.
    #[must_use]
    pub fn new(per_source: u32) -> Self {
        let per_source = usize::try_from(per_source).unwrap_or(usize::MAX);
        Self { inner: Arc::default(), per_source }
    }

    /// Takes a connection in, if its person and its source may have one more.
    ///
    /// # Errors
    /// [`CloseCode::TooManyConnections`].
    pub fn admit(
        &self,
        connection: Arc<Connection>,
        source: Source,
    ) -> Result<Admission, CloseCode> {
        let mut inner = self.inner.lock();
        let person = &connection.person;
        let persons = inner.persons.get(person).copied().unwrap_or(0);
        let sources = inner.sources.get(&source).copied().unwrap_or(0);
        if persons >= limits::CONNECTIONS_PER_PERSON || sources >= self.per_source {
            return Err(CloseCode::TooManyConnections);
        }
        inner.persons.insert(person.clone(), persons + 1);
        inner.sources.insert(source, sources + 1);
        inner.all.insert(connection.id.clone(), Arc::clone(&connection));
        drop(inner);
        Ok(Admission { connections: self.clone(), connection, source })
    }

    /// Everybody connected to this node.
    #[must_use]
    pub fn people(&self) -> Online {
        let inner = self.inner.lock();
        let persons = inner.all.values().map(|connection| connection.named());
        persons.map(|person| (person.id, person.name)).collect()
    }

    /// Every connection.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Connection>> {
        self.inner.lock().all.values().cloned().collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.lock().all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.lock().all.is_empty()
    }

    /// A person goes by another name.
    pub fn rename(&self, person: &Person) {
        for connection in self.all().iter().filter(|connection| connection.person == person.id) {
            connection.rename(&person.name);
        }
    }

    /// Closes what came with a session that has ended.
    pub fn end_session(&self, session: SessionToken) {
        for connection in self.all().iter().filter(|connection| connection.session == session) {
            connection.outbox.close(CloseCode::NoSession);
        }
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut inner = self.connections.inner.lock();
        inner.all.remove(&self.connection.id);
        give_back(&mut inner.persons, &self.connection.person);
        give_back(&mut inner.sources, &self.source);
    }
}

fn give_back<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) {
    match counts.get_mut(key) {
        Some(count) if *count > 1 => *count -= 1,
        Some(_) | None => {
            counts.remove(key);
        }
    }
}
