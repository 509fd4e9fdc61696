//! Signing in and out, and how the page begins.

use parlor_shared::{Person, Problem, RoomId};

use super::{ChatStore, Session, driver::Driver};
use crate::browser::{
    location,
    session::{self, Refusal},
    task, timer,
};

/// How long to wait before asking an unreachable server again who is signed in, in milliseconds.
const AGAIN_MS: u32 = 2_000;

impl ChatStore {
    /// Begins: asks the server who is signed in. Where it cannot be reached, whoever was here last
    /// goes on with what this browser kept.
    pub fn begin(self) {
        task::begin(async move {
            loop {
                match session::ask().await {
                    Ok(person) => return self.enter(&person),
                    Err(Refusal::Problem(Problem::NoSession)) => return self.show_form(),
                    Err(Refusal::Problem(_) | Refusal::Unreached) => {}
                }
                match self.with_driver(|driver| driver.0.records.last_person()) {
                    Some(Some(person)) => return self.enter(&person),
                    Some(None) => timer::pause(AGAIN_MS).await,
                    None => return,
                }
            }
        });
    }

    /// Signs in under a name, or says why not (`NameTaken` carries a free one).
    ///
    /// # Errors
    /// The server's refusal, or `None` when it could not be reached.
    pub async fn sign_in(self, name: String) -> Result<(), Option<Problem>> {
        match session::begin(&name).await {
            Ok(person) => {
                self.enter(&person);
                Ok(())
            }
            Err(Refusal::Problem(problem)) => Err(Some(problem)),
            Err(Refusal::Unreached) => Err(None),
        }
    }

    /// How many messages a sign-out would lose: ask first when it is not 0.
    #[must_use]
    pub fn unsent(self) -> usize {
        let unsent = |driver: &Driver| driver.ask(|client| client.chat().unsent());
        self.with_driver(unsent).flatten().unwrap_or(0)
    }

    /// Ends the session and erases what this browser keeps of the person.
    pub fn sign_out(self) {
        self.with_driver(|driver| {
            driver.stop();
            driver.0.records.erase();
        });
        location::show(None);
        self.show_form();
        task::begin(session::end());
    }

    /// Is this person from now on, in the room of the address, or the one that was open last.
    fn enter(self, person: &Person) {
        self.with_driver(|driver| {
            driver.start(person);
            let room = location::room().or_else(|| driver.0.records.last_room());
            let room = room.unwrap_or_else(RoomId::lobby);
            location::begin(&room);
            driver.show(Some(&room));
            driver.warn_if_not_stored();
            driver.0.mirror.session.put(Session::In(person.clone()));
        });
    }

    fn show_form(self) {
        self.with_driver(|driver| driver.0.mirror.session.put(Session::Out));
    }
}
