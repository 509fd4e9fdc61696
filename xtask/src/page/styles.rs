//! The style sheets, which are one file per part of the page, joined in the order of index.html, which is
//! that of their layers: one for the first view, and one that the page asks for once it is there.

use super::content::{self, named};
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// The sheets that nothing of the first view needs.
const LATER: [&str; 3] = ["people", "panels", "dialogs"];
/// What the file of those begins with.
pub(super) const LATER_NAME: &str = "later";

/// Joins the sheets that index.html names and has it name the two.
///
/// # Errors
/// If there are none, or one cannot be read.
pub(super) fn join(dist: &Path, index: &str) -> Result<String> {
    let links: Vec<_> = links(index).collect();
    let (first_link, others) = links.split_first().context("index.html names no style sheet")?;
    let (mut first, mut later) = (String::new(), String::new());
    for link in &links {
        let name = address(link).context("a style sheet without an address")?;
        let path = dist.join(name);
        let waits = name.rsplit_once('-').is_some_and(|(stem, _)| LATER.contains(&stem));
        if waits { &mut later } else { &mut first }.push_str(&fs::read_to_string(&path)?);
        fs::remove_file(path)?;
    }
    let mut links = format!("<link href=/{} rel=stylesheet>", written(dist, "styles", &first)?);
    if !later.is_empty() {
        // Without a `rel` it is not fetched; the page writes one.
        let name = written(dist, LATER_NAME, &later)?;
        links.push_str(&format!("<link href=/{name} id={LATER_NAME}>"));
    }
    let mut index = index.replacen(*first_link, &links, 1);
    for link in others {
        ensure!(index.contains(*link), "index.html names a style sheet twice");
        index = index.replacen(*link, "", 1);
    }
    Ok(index)
}

/// Writes a sheet under a name of its content.
fn written(dist: &Path, stem: &str, sheet: &str) -> Result<String> {
    let name = named(stem, &[sheet.as_bytes()], "css");
    content::write(dist, &name, sheet.as_bytes())?;
    Ok(name)
}

/// The elements that name a style sheet.
fn links(index: &str) -> impl Iterator<Item = &str> {
    index.match_indices("<link ").filter_map(|(start, _)| {
        let element = index.get(start..)?.split_inclusive('>').next()?;
        let sheet = ["rel=stylesheet", "rel=\"stylesheet\""];
        sheet.iter().any(|sheet| element.contains(sheet)).then_some(element)
    })
}

/// What its `href` says, without the leading slash.
fn address(link: &str) -> Option<&str> {
    let value = link.split_once("href=")?.1;
    let end = |c: char| c.is_whitespace() || c == '"' || c == '>';
    value.trim_start_matches(['"', '/']).split(end).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_joined_in_their_order_where_the_first_was_and_those_that_wait_apart() {
        let dist = std::env::temp_dir().join(format!("parlor-styles-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(dist.join("b-1.css"), "@layer b,a;").unwrap();
        fs::write(dist.join("panels-3.css"), "@layer p{}").unwrap();
        fs::write(dist.join("a-2.css"), "@layer a{}").unwrap();
        let index = "<head><link href=/b-1.css rel=stylesheet><link rel=icon href=/i.svg><link href=/panels-3.css rel=stylesheet><link href=\"/a-2.css\" rel=\"stylesheet\"/></head>";

        let index = join(&dist, index).unwrap();

        let name = named("styles", &[b"@layer b,a;@layer a{}"], "css");
        let later = named("later", &[b"@layer p{}"], "css");
        let wanted = format!(
            "<head><link href=/{name} rel=stylesheet><link href=/{later} id=later><link rel=icon href=/i.svg></head>"
        );
        assert_eq!(index, wanted);
        assert_eq!(fs::read_to_string(dist.join(name)).unwrap(), "@layer b,a;@layer a{}");
        assert_eq!(fs::read_to_string(dist.join(later)).unwrap(), "@layer p{}");
        assert_eq!(fs::read_dir(&dist).unwrap().count(), 2);
        fs::remove_dir_all(dist).unwrap();
    }

    #[test]
    fn a_page_without_styles_is_refused() {
        assert!(join(Path::new("."), "<head></head>").is_err());
    }
}
