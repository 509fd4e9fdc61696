//! The page's program ends in the middle of what it does.

use parlor_tests::{EngineKind, Visitor};

use crate::{House, on_both_engines};

/// Takes all the memory that the browser would still give the program; it is asked for in steps,
/// from large to small, since how much there is depends on the machine.
const NO_MEMORY_IS_LEFT: &str = "
    const glue = document.querySelector('link[rel=modulepreload]').href;
    const exports = await (await import(glue)).default();
    const memory = Object.values(exports).find(it => it instanceof WebAssembly.Memory);
    for (let pages = 65536; pages >= 1; pages >>= 1)
        try { for (;;) memory.grow(pages); } catch {}";

/// The field says that it holds more than what was free within the program's memory; to really hold
/// it would keep the browser busy for minutes.
const A_LONG_TEXT_IS_PASTED: &str = "
    const field = document.querySelector('[data-testid=composer]');
    Object.defineProperty(field, 'value', { get: () => 'x'.repeat(1 << 23) });
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));";

/// Parts of a program that has ended may go on for a while: only a new page is sure to be whole.
const ANOTHER_PAGE_IS_THERE: &str = "return window.this_page === undefined";

const THE_DIALOG_IS_OPEN: &str = "return document.querySelector('#broke').open";

async fn a_page_whose_program_ends_says_so_and_loses_nothing_unsent(kind: EngineKind) {
    let house = House::open(kind).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.goes_offline().await;
    ada.says("written before the end").await;
    ada.sees_as("written before the end", "pencil").await;
    assert!(!ada.look::<bool>(THE_DIALOG_IS_OPEN).await);

    ada.look::<()>("window.this_page = true").await;
    ada.runs(NO_MEMORY_IS_LEFT).await;
    assert!(!ada.look::<bool>(THE_DIALOG_IS_OPEN).await);
    ada.runs(A_LONG_TEXT_IS_PASTED).await;

    ada.shows("dialog#broke").await;
    let complaints = ada.complaints().await;
    assert!(complaints.iter().any(|said| said.contains("Uncaught")), "{complaints:#?}");
    // The page loads again by itself.
    ada.until("another page is there", ANOTHER_PAGE_IS_THERE).await;
    ada.wire.mend();
    ada.sees("written before the end").await;

    ada.goes_offline().await;
    ada.says("written before it ended again").await;
    ada.sees_as("written before it ended again", "pencil").await;
    ada.look::<()>("window.this_page = true").await;
    ada.runs(NO_MEMORY_IS_LEFT).await;
    ada.runs(A_LONG_TEXT_IS_PASTED).await;
    let afresh = ada.shows("#afresh").await;
    ada.complaints().await;
    ada.wire.mend();
    afresh.click().await.unwrap();
    ada.until("another page is there", ANOTHER_PAGE_IS_THERE).await;
    ada.sees("written before it ended again").await;
    ada.sees("written before the end").await;
    ada.leaves().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_policy_forbids_and_what_is_logged_as_an_error_is_heard_of_in_every_tab() {
    let house = House::open(EngineKind::Embedded).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.look::<()>("document.body.setAttribute('style', 'color: red')").await;
    let first = ada.tab().await;
    ada.opens_a_tab().await;
    ada.look::<()>("console.error('a planted error')").await;
    ada.goes_to(&first).await;

    let complaints = ada.complaints().await;

    let heard = |part: &str| complaints.iter().any(|said| said.contains(part));
    assert!(heard("Content Security Policy") && heard("a planted error"), "{complaints:#?}");
    ada.leaves().await;
}

on_both_engines!(a_page_whose_program_ends_says_so_and_loses_nothing_unsent);
