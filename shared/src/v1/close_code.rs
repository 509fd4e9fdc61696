//! Why a connection was closed, and whether to come back.

/// The server's close codes. 4000–4499: connect again, with back-off. 4500–4999: do not, until
/// the person did what the code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    /// The server stops or restarts; it said when to come back.
    Restarting = 4000,
    /// The client did not read what it was sent; come back and catch up.
    Slow = 4001,
    /// The client did not answer a ping.
    NoPong = 4002,
    /// A fault of the server.
    Internal = 4003,
    /// The store is away and no welcome could be given.
    StoreAway = 4004,
    /// No session, or one that has ended: sign in.
    NoSession = 4500,
    /// The client offered no protocol version of this server: reload the page.
    Version = 4501,
    /// The page is of another origin.
    ForeignOrigin = 4502,
    /// Too many connections of this person or address: close another.
    TooManyConnections = 4503,
    /// A frame over 64 KiB, or one that is no text.
    BadFrame = 4504,
    /// Frames that are no commands, again and again.
    Malformed = 4505,
}

impl CloseCode {
    /// Every code, in order; for documents and tests.
    pub const ALL: &'static [Self] = &[
        Self::Restarting,
        Self::Slow,
        Self::NoPong,
        Self::Internal,
        Self::StoreAway,
        Self::NoSession,
        Self::Version,
        Self::ForeignOrigin,
        Self::TooManyConnections,
        Self::BadFrame,
        Self::Malformed,
    ];

    /// The number in the close frame.
    #[must_use]
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The reason in the close frame, for people who read network logs.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Restarting => "restarting",
            Self::Slow => "slow",
            Self::NoPong => "no_pong",
            Self::Internal => "internal",
            Self::StoreAway => "store_away",
            Self::NoSession => "no_session",
            Self::Version => "version",
            Self::ForeignOrigin => "foreign_origin",
            Self::TooManyConnections => "too_many_connections",
            Self::BadFrame => "bad_frame",
            Self::Malformed => "malformed",
        }
    }

    /// The code of a number, if this version knows it.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.code() == code)
    }

    /// Whether a client that was closed with `code` should connect again by itself. Everything
    /// outside 4500–4999 invites it, a broken network above all.
    #[must_use]
    pub const fn invites_return(code: u16) -> bool {
        !matches!(code, 4500..=4999)
    }
}
