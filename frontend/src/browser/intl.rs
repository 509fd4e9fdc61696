//! Dates, times, numbers and lists, written by the browser in the person's language. Formatters
//! are made once per language: making one costs a thousand times what using it does.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, JsString, Object, Reflect};
use parlor_model::Ordered;
use parlor_shared::Millis;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::{store::LocalDay, words::Language};

#[wasm_bindgen]
extern "C" {
    /// What all formatters of `Intl` have in common.
    type Formatter;
    #[wasm_bindgen(method, catch)]
    fn format(this: &Formatter, value: &JsValue) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch, js_name = format)]
    fn format_in(this: &Formatter, value: f64, unit: &str) -> Result<String, JsValue>;
}

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Time,
    Day,
    DayOfYear,
    Moment,
    Count,
    List,
    Relative,
}

impl Form {
    /// The constructor in `Intl` and its options.
    const fn recipe(self) -> (&'static str, &'static [(&'static str, &'static str)]) {
        match self {
            Self::Time => (
                "DateTimeFormat",
                &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")],
            ),
            Self::Day => {
                ("DateTimeFormat", &[("weekday", "long"), ("month", "long"), ("day", "numeric")])
            }
            Self::DayOfYear => (
                "DateTimeFormat",
                &[("year", "numeric"), ("month", "long"), ("day", "numeric"), ("weekday", "long")],
            ),
            Self::Moment => ("DateTimeFormat", &[("dateStyle", "full"), ("timeStyle", "medium")]),
            Self::Count => ("NumberFormat", &[]),
            Self::List => ("ListFormat", &[("style", "long"), ("type", "conjunction")]),
            Self::Relative => ("RelativeTimeFormat", &[("numeric", "auto")]),
        }
    }
}

thread_local! {
    static MADE: RefCell<Ordered<(&'static str, Form), Option<Formatter>>> = RefCell::default();
}

fn make(language: Language, form: Form) -> Option<Formatter> {
    let (name, options) = form.recipe();
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &name.into()).ok()?.dyn_into().ok()?;
    let object = Object::new();
    for (key, value) in options {
        Reflect::set(&object, &(*key).into(), &(*value).into()).ok()?;
    }
    let arguments = Array::of2(&language.tag().into(), &object);
    Some(Reflect::construct(&constructor, &arguments).ok()?.unchecked_into())
}

fn with(
    language: Language,
    form: Form,
    write: impl FnOnce(&Formatter) -> Result<String, JsValue>,
) -> Option<String> {
    MADE.with_borrow_mut(|made| {
        let formatter = made.or_insert_with((language.tag(), form), || make(language, form));
        formatter.as_ref().and_then(|formatter| write(formatter).ok())
    })
}

#[expect(clippy::cast_precision_loss, reason = "times and counts are below 2^53")]
fn number(value: u64) -> JsValue {
    JsValue::from_f64(value as f64)
}

/// The time of day: `14:02`.
#[must_use]
pub fn time(language: Language, at: Millis) -> String {
    with(language, Form::Time, |it| it.format(&number(at))).unwrap_or_default()
}

/// Day and time in full, for whoever asks.
#[must_use]
pub fn moment(language: Language, at: Millis) -> String {
    with(language, Form::Moment, |it| it.format(&number(at))).unwrap_or_default()
}

/// A moment for machines, as `<time datetime>` wants it.
#[must_use]
pub fn datetime(at: Millis) -> String {
    Date::new(&number(at)).to_iso_string().into()
}

/// A number with the language's grouping.
#[must_use]
pub fn count(language: Language, value: u64) -> String {
    with(language, Form::Count, |it| it.format(&number(value))).unwrap_or_else(|| value.to_string())
}

/// Names in a row: `Ada, Bob and Eve`.
#[must_use]
pub fn names(language: Language, names: &[String]) -> String {
    let array: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    with(language, Form::List, |it| it.format(&array)).unwrap_or_else(|| names.join(", "))
}

/// A day: `Today`, `Yesterday`, `Monday, 3 March`, with the year where it is another one.
#[must_use]
pub fn day(language: Language, day: LocalDay) -> String {
    let (today, this) = (Date::new_0(), date(day));
    let midnight = date(LocalDay {
        year: i64::from(today.get_full_year()),
        month: u8::try_from(today.get_month() + 1).unwrap_or(1),
        day: u8::try_from(today.get_date()).unwrap_or(1),
    });
    let ago = ((midnight.get_time() - this.get_time()) / 86_400_000.0).round();
    if (0.0..=1.0).contains(&ago) {
        let word = with(language, Form::Relative, |it| it.format_in(-ago, "day"));
        return capital(&word.unwrap_or_default());
    }
    let form =
        if i64::from(today.get_full_year()) == day.year { Form::Day } else { Form::DayOfYear };
    with(language, form, |it| it.format(&this)).unwrap_or_default()
}

/// Noon of a day where the reader is: no change of summer time moves it to another day.
fn date(day: LocalDay) -> Date {
    let year = u32::try_from(day.year).unwrap_or(1970);
    let date = Date::new_with_year_month_day(year, i32::from(day.month) - 1, i32::from(day.day));
    date.set_hours(12);
    date
}

fn capital(word: &str) -> String {
    let rest = word.chars().next().map_or(0, char::len_utf8);
    let (first, rest) = word.split_at(rest);
    upper(first) + rest
}

/// In capitals. The browser has the tables for it; the page's own would weigh more than the words.
#[must_use]
pub fn upper(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}

/// In small letters.
#[must_use]
pub fn lower(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}
