//! One run in plain words, for a reader who looks at one program alone.

use droppoint_trace::{CancelSource, Cut, Op, Run};

use crate::family::View;
use crate::sentences::{after, although, cause, though_told_failed, work};
use crate::{CallerOutcome, Contract, Judgement, Verdict};

/// What there is to say about one run, most important first. There is always
/// something to say.
///
/// `File a is on the disk and in no index. The future was dropped at (3).`
pub fn run_sentences(contract: &Contract, run: &Run, judgement: &Judgement) -> Vec<String> {
    let Judgement { faults, facts, .. } = judgement;
    let mut said = Vec::new();
    if judgement.unrealized {
        return vec!["The cut was never reached.".to_owned()];
    }
    let view = View::new(contract, run);
    said.extend(faults.iter().map(|fault| fault.long.clone()));
    match (judgement.verdict, facts.cut) {
        (Verdict::Done, Cut::Never) => said.push(told(contract, &facts.told)),
        (Verdict::Done, _) => said.push(match contract.who {
            CancelSource::Client => "the client had its answer before it left".to_owned(),
            CancelSource::InProcess | CancelSource::Inside => {
                "the caller had its answer before".to_owned()
            }
        }),
        (Verdict::Finished, _) => said.push(match facts.went_on_ms {
            0 => format!("everything was done, although {}", although(contract)),
            ms => {
                let (work, after) = (work(contract), after(contract));
                format!("{work} went on for {ms} ms after {after}")
            }
        }),
        (Verdict::Clean, _) if facts.undone && facts.went_on_ms > 0 => {
            let ms = facts.went_on_ms;
            said.push(format!(
                "everything was undone, {ms} ms after {}",
                after(contract)
            ));
        }
        (Verdict::Clean, _) if facts.undone => said.push("everything was undone at once".into()),
        (Verdict::Clean, _) if changed_nothing(view) => said.push("nothing had been done".into()),
        (Verdict::Clean, _) => said.push("what is there is consistent".into()),
        (_, Cut::Never) => said.push("nobody cut anything: the program does this by itself".into()),
        _ => {
            if let Some(language) = view.language() {
                said.push(cause(contract, language, facts));
            }
        }
    }
    said.extend(though_told_failed(facts));
    said.into_iter().map(|words| sentence(&words)).collect()
}

fn told(contract: &Contract, told: &CallerOutcome) -> String {
    let who = match contract.who {
        CancelSource::Client => "the client",
        CancelSource::InProcess | CancelSource::Inside => "the caller",
    };
    match told {
        CallerOutcome::Value(value) => format!("{who} is told: {value}"),
        CallerOutcome::Error(error) => format!("{who} is told that it failed: {error}"),
        CallerOutcome::Gone | CallerOutcome::Nothing => format!("{who} waits for nothing"),
    }
}

/// Whether the caller's family changed nothing; a flag raised and lowered is
/// no change.
fn changed_nothing(view: View<'_>) -> bool {
    view.effects()
        .all(|(_, effect)| matches!(effect.op, Op::Raise | Op::Lower))
}

/// With a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    let mut text: String = first.into_iter().flatten().collect();
    text.push_str(letters.as_str());
    text.push('.');
    text
}
