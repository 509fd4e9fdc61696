//! The two pages: the way in, and the place itself.

#![expect(unreachable_pub, reason = "leptos writes `pub` before every component's function")]

mod chat_page;
mod sign_in_page;

pub(crate) use chat_page::ChatPage;
pub(crate) use sign_in_page::SignInPage;
