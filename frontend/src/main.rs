//! The page's entry point.

fn main() {
    parlor_page::start();
}
