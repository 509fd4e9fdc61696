//! The two pages: the way in, and the place itself.

mod chat_page;
mod sign_in_page;

pub(crate) use chat_page::chat_page;
pub(crate) use sign_in_page::sign_in_page;
