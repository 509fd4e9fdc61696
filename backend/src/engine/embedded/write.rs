//! One write to a log, within a transaction.

use parlor_shared::{PersonId, Role, limits::DEDUPE_COMMANDS};
use redb::ReadableTable;

use super::{error::StoreError, tables::Tables, view::number, writer::Batch};
use crate::engine::{
    Grant, Outcome, Target, Write,
    log::{Decision, Facts, Header, LogMeta, Plan, Remembered, decide},
};

/// Looks up what the rules need, and does what they decide.
pub(super) fn write(batch: &mut Batch<'_>, write: Write) -> Result<Outcome, StoreError> {
    let log = write.log.to_string();
    let meta = meta(&batch.tables, &log)?;
    let facts = facts(&batch.tables, &log, &write)?;
    let grant = write.change.grant.clone();
    match decide(&meta, &facts, write, &batch.epoch, batch.now()) {
        Decision::Answer(outcome) => Ok(outcome),
        Decision::Write(plan) => {
            carry_out(&mut batch.tables, &log, &plan, grant.as_ref())?;
            batch.entries.push(plan.entry.clone());
            Ok(Outcome::Written(plan.entry))
        }
    }
}

fn meta(tables: &Tables<'_>, log: &str) -> Result<LogMeta, StoreError> {
    match tables.metas.get(log)? {
        Some(json) => Ok(serde_json::from_slice(json.value())?),
        None => Ok(LogMeta::default()),
    }
}

fn facts(tables: &Tables<'_>, log: &str, write: &Write) -> Result<Facts, StoreError> {
    let author = write.author.as_str();
    let command = tables.commands.get((log, author, write.command.0.as_u128()))?;
    let remembered = command.map(|row| {
        let (offset, numbered, time, _) = row.value();
        Remembered { offset, number: number(numbered), time }
    });
    let role = tables.roles.get((log, author))?.and_then(|row| role(row.value()));
    let held = match &write.change.target {
        Target::NewMessage => None,
        Target::Key(key, _) => tables.records.get((log, key.as_str()))?.map(|row| {
            let (rev, numbered, time, _) = row.value();
            Header { rev, number: number(numbered), time }
        }),
    };
    Ok(Facts { remembered, role, held })
}

fn carry_out(
    tables: &mut Tables<'_>,
    log: &str,
    plan: &Plan,
    grant: Option<&Grant>,
) -> Result<(), StoreError> {
    let record = &plan.entry.record;
    if let Some(rev) = plan.replaced {
        tables.revs.remove((log, rev))?;
    }
    let body = serde_json::to_vec(&record.body)?;
    let row = (record.rev, record.number.unwrap_or(0), record.time, body.as_slice());
    tables.records.insert((log, record.key.as_str()), row)?;
    tables.revs.insert((log, record.rev), record.key.as_str())?;
    for gone in plan.trim.clone() {
        remove_message(tables, log, gone)?;
    }
    if let Some(Grant { person, role }) = grant {
        set_role(tables, log, person, *role)?;
    }
    remember(tables, log, plan)?;
    tables.metas.insert(log, serde_json::to_vec(&plan.meta)?.as_slice())?;
    Ok(())
}

fn remove_message(tables: &mut Tables<'_>, log: &str, number: u64) -> Result<(), StoreError> {
    let key = format!("message:{number}");
    let gone = tables.records.remove((log, key.as_str()))?.map(|row| row.value().0);
    if let Some(rev) = gone {
        tables.revs.remove((log, rev))?;
    }
    Ok(())
}

/// Remembers the command, and forgets the author's 1,001st.
fn remember(tables: &mut Tables<'_>, log: &str, plan: &Plan) -> Result<(), StoreError> {
    let entry = &plan.entry;
    let (author, command) = (entry.author.as_str(), entry.command.0.as_u128());
    let mut all = tables.command_order.range((log, author, 0)..=(log, author, u64::MAX))?;
    let nth = all.next_back().transpose()?.map_or(1, |(key, _)| key.value().2 + 1);
    drop(all);
    let row = (entry.offset, entry.record.number.unwrap_or(0), entry.time, nth);
    let before = tables.commands.insert((log, author, command), row)?.map(|row| row.value().3);
    if let Some(before) = before {
        // The same id again after its 24 hours: it counts as new.
        tables.command_order.remove((log, author, before))?;
    }
    tables.command_order.insert((log, author, nth), command)?;
    let Some(oldest) = nth.checked_sub(DEDUPE_COMMANDS as u64) else { return Ok(()) };
    let forgotten = tables.command_order.remove((log, author, oldest))?.map(|row| row.value());
    if let Some(forgotten) = forgotten {
        tables.commands.remove((log, author, forgotten))?;
    }
    Ok(())
}

fn set_role(
    tables: &mut Tables<'_>,
    log: &str,
    person: &PersonId,
    role: Option<Role>,
) -> Result<(), StoreError> {
    match role {
        Some(role) => tables.roles.insert((log, person.as_str()), rank(role))?,
        None => tables.roles.remove((log, person.as_str()))?,
    };
    Ok(())
}

/// A role as the table keeps it.
fn rank(role: Role) -> u8 {
    match role {
        Role::Member => 1,
        Role::Moderator => 2,
        Role::Owner => 3,
    }
}

fn role(rank: u8) -> Option<Role> {
    [Role::Member, Role::Moderator, Role::Owner].into_iter().find(|role| self::rank(*role) == rank)
}
