//! The classes that wasm-bindgen gives the page's script and nobody uses: a library's, for what the
//! page does not do. Without them the program's code behind them goes, too.

/// The script without the classes that it only defines.
pub(super) fn unused_away(script: &str) -> String {
    let names: Vec<_> = script.lines().filter_map(class).collect();
    names.into_iter().fold(script.to_owned(), |script, name| {
        let left = without(&script, name);
        let named = left.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
        if named { script } else { left }
    })
}

/// The name of the class that a line begins.
fn class(line: &str) -> Option<&str> {
    line.strip_prefix("export class ")?.strip_suffix(" {")
}

/// The script without a class: what defines it, what ends it with its scope, what frees it.
fn without(script: &str, name: &str) -> String {
    let disposal = format!("if (Symbol.dispose) {name}.");
    let finalization = format!("const {name}Finalization = ");
    let mut left = String::with_capacity(script.len());
    // What ends the statement that is being left out.
    let mut until: Option<fn(&str) -> bool> = None;
    for line in script.lines() {
        if until.is_none() {
            if class(line) == Some(name) {
                until = Some(|line| line == "}");
            } else if line.starts_with(&disposal) || line.starts_with(&finalization) {
                until = Some(|line| line.ends_with(';'));
            }
        }
        match until {
            Some(ends) if ends(line) => until = None,
            Some(_) => {}
            None => {
                left.push_str(line);
                left.push('\n');
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::unused_away;

    const SCRIPT: &str = "export class Idle {
    free() {
        wasm.free(this);
    }
}
if (Symbol.dispose) Idle.prototype[Symbol.dispose] = Idle.prototype.free;
export class Used {
    free() {}
}
const IdleFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_idle_free(ptr, 1));
const made = () => new Used();
";

    #[test]
    fn a_class_that_is_only_defined_goes_and_one_that_is_used_stays() {
        let left = unused_away(SCRIPT);
        assert_eq!(left, "export class Used {\n    free() {}\n}\nconst made = () => new Used();\n");
    }
}
