//! Signing in and out, and how the page begins.

use parlor_shared::{Person, Problem, RoomId};

use super::{ChatStore, NoticeWord, Session, driver::Driver, rooms_kept};
use crate::browser::{
    location, notify,
    session::{self, Refusal},
    task, timer,
    worker::{self, News},
};

/// How long to wait before asking an unreachable server again who is signed in, in milliseconds.
const AGAIN_MS: u32 = 2_000;

impl ChatStore {
    /// Begins with whoever was here last and what this browser kept of them, and asks the server
    /// meanwhile who is signed in.
    pub fn begin(self) {
        worker::begin(move |news| self.heed(news));
        task::begin(async move {
            let last = self.with_driver(|driver| driver.0.records.last_person()).flatten();
            if let Some(person) = &last {
                self.enter(person).await;
            }
            while self.is_there() {
                match session::ask().await {
                    Ok(person) => return self.is(last.as_ref(), &person).await,
                    Err(Refusal::Problem(Problem::NoSession)) => return self.nobody_is_in(),
                    // The link finds out by itself.
                    Err(Refusal::Problem(_) | Refusal::Unreached) if last.is_some() => return,
                    Err(Refusal::Problem(_) | Refusal::Unreached) => timer::pause(AGAIN_MS).await,
                }
            }
        });
    }

    /// Signs in under a name, or says why not (`NameTaken` carries a free one).
    ///
    /// # Errors
    /// The server's refusal, or `None` when it could not be reached.
    pub async fn sign_in(self, name: String) -> Result<(), Option<Problem>> {
        let person = session::begin(&name).await.map_err(reason)?;
        self.enter(&person).await;
        Ok(())
    }

    /// Goes by another name, or says why not (`NameTaken` carries a free one).
    ///
    /// # Errors
    /// The server's refusal, or `None` when it could not be reached.
    pub async fn rename(self, name: String) -> Result<(), Option<Problem>> {
        let person = session::rename(&name).await.map_err(reason)?;
        self.with_driver(|driver| driver.is_named(&person));
        Ok(())
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
            driver.out();
            driver.0.records.erase();
        });
        location::show(None);
        task::begin(session::end());
    }

    /// Does what the service worker's news ask for.
    fn heed(self, news: News) {
        self.with_driver(|driver| match news {
            News::Update => driver.0.mirror.notice(NoticeWord::Update),
            News::Rang if driver.0.records.sounds() => notify::sound(),
            News::Rang => {}
            News::Open(room) => {
                if let Ok(room) = RoomId::new(&room) {
                    driver.open(&room);
                }
            }
        });
    }

    /// The server says who is signed in: another than was thought begins anew.
    async fn is(self, thought: Option<&Person>, person: &Person) {
        if thought.is_none_or(|thought| thought.id != person.id) {
            // Nothing of the one who was thought to be here stays on the screen.
            self.with_driver(Driver::stop);
            self.enter(person).await;
        }
    }

    /// Is this person from now on, in the room of the address, or the one that was open last.
    async fn enter(self, person: &Person) {
        let rooms = rooms_kept::rooms_of(person).await;
        self.with_driver(|driver| {
            driver.start(person, rooms);
            let room = location::room().or_else(|| driver.0.records.last_room());
            let room = room.unwrap_or_else(RoomId::lobby);
            location::begin(&room);
            driver.show(Some(&room));
            driver.warn_if_not_stored();
            driver.0.mirror.session.put(Session::In(person.clone()));
        });
    }

    fn nobody_is_in(self) {
        self.with_driver(Driver::out);
    }
}

fn reason(refusal: Refusal) -> Option<Problem> {
    match refusal {
        Refusal::Problem(problem) => Some(problem),
        Refusal::Unreached => None,
    }
}
