//! The addresses in a text: http, https and mail; nothing else becomes a link.

use linkify::{LinkFinder, LinkKind};

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// An address.
    Link {
        /// Where it leads.
        address: String,
        /// As it was written.
        text: &'a str,
    },
}

/// A text in its stretches, in order, nothing left out.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut finder = LinkFinder::new();
    // Otherwise "https://a.cn，谢谢" would be one address.
    finder.url_can_be_iri(false);
    let spans: Vec<_> = finder.spans(text).collect();
    spans.into_iter().map(|span| {
        let text = span.as_str();
        match span.kind().and_then(|kind| address(kind, text)) {
            Some(address) => Piece::Link { address, text },
            None => Piece::Text(text),
        }
    })
}

fn address(kind: &LinkKind, text: &str) -> Option<String> {
    let web = ["http://", "https://"];
    let starts = |scheme: &str| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    match kind {
        LinkKind::Url => web.into_iter().any(starts).then(|| text.to_owned()),
        LinkKind::Email => Some(format!("mailto:{text}")),
        // The library may learn more kinds; they stay text.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{Piece, pieces};

    fn links(text: &str) -> Vec<String> {
        let address = |piece| match piece {
            Piece::Link { address, .. } => Some(address),
            Piece::Text(_) => None,
        };
        pieces(text).filter_map(address).collect()
    }

    #[wasm_bindgen_test]
    fn only_the_address_before_chinese_punctuation_is_a_link() {
        assert_eq!(links("https://a.cn，谢谢"), ["https://a.cn"]);
        assert_eq!(links("（见 https://a.cn/b）。"), ["https://a.cn/b"]);
    }

    #[wasm_bindgen_test]
    fn mail_becomes_a_link_and_other_schemes_do_not() {
        assert_eq!(links("ada@example.org"), ["mailto:ada@example.org"]);
        assert!(links("javascript://x/%0aalert(1) file:///etc/passwd data://a").is_empty());
    }

    #[wasm_bindgen_test]
    fn nothing_of_the_text_is_left_out() {
        let text = "a https://b.c/d. (http://e.f) g@h.org 好";
        let whole: String = pieces(text)
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Link { text, .. } => text,
            })
            .collect();
        assert_eq!(whole, text);
    }
}
