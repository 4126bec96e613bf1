//! What a report looks like, from made-up judgements: nothing here runs.

use anstream::adapter::strip_str;
use droppoint_cli::report::Report;
use droppoint_compare::Program;
use droppoint_compare::recording::Change;
use droppoint_compare::runner::RunFailure;
use droppoint_compare::{Compared, Judged, JudgedRun, Row};
use droppoint_judge::{
    Axis, CallerOutcome, Cell, Contract, Facts, Fault, Interrupted, Judgement, Language, Verdict,
};
use droppoint_terminal::Deliverable;
use droppoint_trace::{
    CancelSource, Cut, End, Ending, Header, Mode, Place, Run, SCHEMA, Wake, World,
};

const CONTRACT: &str = r#"
id = "move-money"
title = "Money moves from one account to another, and the caller gives up."
question = "Is it still all there?"
about = "Two accounts."
group = "tasks"
who = "in-process"
caller = "a"

[[steps]]
n = 1
title = "take from the first"
doing = "taking"

[[steps]]
n = 2
title = "give to the second"
doing = "giving"

[places.first]
kind = "number"
about = "An account."

[places.log]
kind = "set"
about = "What was done."

[[invariants]]
rule = "empty"
place = "log"
words = { short = "noted", long = "{item} is in the log" }

[[variants]]
language = "rust"
name = "naive"
about = "Plain."
declares = "hazard"

[[variants]]
language = "rust"
name = "commit-at-once"
about = "Without an await in between."
declares = "safe"

[[variants]]
language = "go"
name = "naive"
about = "Plain."
declares = "hazard"

[[variants]]
language = "js"
name = "naive"
about = "Plain."
declares = "hazard"
"#;

fn contract() -> Contract {
    Contract::parse("scenarios/move-money.toml", CONTRACT).expect("it holds together")
}

/// A judged run; a fault is called after its verdict.
fn judged(verdict: Verdict, cut: Cut) -> Judged {
    let fault = Fault {
        class: verdict,
        rule: "empty(log)".into(),
        short: format!("{verdict:?} money").to_lowercase(),
        long: "the take is in the log".into(),
    };
    let log = if verdict.is_fault() {
        Place::Set(["take".into()].into())
    } else {
        Place::Set(Default::default())
    };
    Ok(JudgedRun {
        judgement: Judgement {
            verdict,
            faults: if verdict.is_fault() {
                vec![fault]
            } else {
                Vec::new()
            },
            facts: Facts {
                cut,
                interrupted: Some(Interrupted {
                    step: 1,
                    task: "a".into(),
                    src: Some("move_money.rs:7".into()),
                }),
                went_on_ms: if verdict == Verdict::Finished { 12 } else { 0 },
                effects_after: Vec::new(),
                told: CallerOutcome::Gone,
                told_uncut: CallerOutcome::Value("moved".into()),
                answered_before_cut: verdict == Verdict::Done,
                world_at_cut: World::default(),
                world: World([("first".into(), Place::Number(0)), ("log".into(), log)].into()),
                left: Vec::new(),
                stored_though_told_failed: false,
                undone: false,
            },
            unrealized: false,
        },
        digest: "0123456789abcdef".into(),
        run: None,
    })
}

/// At once, `gaps` gaps of 10 ms, and none.
pub fn axis(gaps: u64) -> Axis {
    let edge = |cut| Cell {
        cut,
        from_ms: None,
        to_ms: None,
        step: None,
    };
    let mut cells = vec![edge(Cut::AtOnce)];
    cells.extend((0..gaps).map(|n| Cell {
        cut: Cut::At { ms: 10 * n + 5 },
        from_ms: Some(10 * n),
        to_ms: Some(10 * n + 10),
        step: Some(if n % 2 == 0 { 1 } else { 2 }),
    }));
    cells.push(edge(Cut::Never));
    Axis { cells }
}

/// A row whose cells are written as signs.
pub fn row(axis: &Axis, program: &str, signs: &str) -> Row {
    let program: Program = program.parse().expect("a program");
    let failure = || RunFailure {
        run: format!("{program} move-money at 5ms"),
        why: "the runner ended without an answer".into(),
        stderr: "panic: out of luck".into(),
    };
    let cell = |(cell, sign): (&Cell, char)| match sign {
        '!' => Err(failure()),
        sign => {
            let verdict = Verdict::ALL.into_iter().find(|it| it.glyph() == sign);
            judged(verdict.expect("a verdict's sign"), cell.cut)
        }
    };
    let cells: Vec<Judged> = axis.cells.iter().zip(signs.chars()).map(cell).collect();
    assert_eq!(cells.len(), axis.cells.len(), "a sign for each cell");
    let contract = contract();
    let variant = contract.variant(program.language, &program.variant);
    Row {
        random: Vec::new(),
        declares: variant.expect("it is in the contract").declares,
        runtime: [(program.language.to_string(), "1.2.3".into())].into(),
        recorded: program.language == Language::Go,
        uncut: Ok(uncut(&program)),
        suspensions: Vec::new(),
        cells,
        program,
    }
}

fn uncut(program: &Program) -> Run {
    Run {
        header: Header {
            schema: SCHEMA,
            language: program.language.to_string(),
            runtime: Default::default(),
            scenario: "move-money".into(),
            variant: program.variant.clone(),
            who: CancelSource::InProcess,
            mode: Mode::Virtual,
            cut: Cut::Never,
        },
        events: Vec::new(),
        end: End {
            ending: Ending::Quiet,
            world: World::default(),
            left: Vec::new(),
        },
    }
}

/// Four rows with every sign there is.
fn compared(contract: &Contract) -> Compared<'_> {
    let axis = axis(4);
    let mut rows = vec![
        row(&axis, "rust/naive", ".XX?  "),
        row(&axis, "rust/commit-at-once", ".>>>  "),
        row(&axis, "go/naive", ".#~X  "),
        row(&axis, "js/naive", ".!X.  "),
    ];
    for (k, verdict) in [(1, Verdict::Broken), (2, Verdict::Done)] {
        for wake in [Wake::Before, Wake::After] {
            let cut = Cut::Suspension { k, wake };
            rows[0].suspensions.push((cut, judged(verdict, cut)));
        }
    }
    Compared {
        contract,
        axis,
        rows,
    }
}

fn report<'a>(compared: &'a [Compared<'a>], changes: &'a [Change]) -> Report<'a> {
    Report {
        compared,
        changes,
        contradictions: &[],
        complaints: &[],
        suspensions: true,
        at: None,
        details: true,
    }
}

/// At most `width` columns, whatever is in it.
fn screen(report: &Report<'_>, width: usize) -> String {
    let text = strip_str(&report.terminal(width)).to_string();
    for line in text.lines() {
        assert!(line.chars().count() <= width, "wider than {width}: {line}");
    }
    text
}

fn changes() -> Vec<Change> {
    vec![
        Change::Changed {
            run: "rust/naive move-money at 15ms".into(),
            how: vec!["verdict: was clean, is broken".into()],
        },
        Change::Note("2 runs have other events than recorded".into()),
    ]
}

#[test]
fn at_40_60_80_and_120_columns() {
    let contract = contract();
    let (compared, changes) = ([compared(&contract)], changes());
    for width in [40, 60, 80, 120] {
        let screen = screen(&report(&compared, &changes), width);
        insta::assert_snapshot!(format!("screen_{width}"), screen);
    }
}

#[test]
fn several_scenarios_begin_with_an_overview() {
    let contract = contract();
    let compared = [compared(&contract), compared(&contract)];
    for width in [40, 80] {
        let screen = screen(&report(&compared, &[]), width);
        let overview: Vec<&str> = screen.lines().take_while(|line| !line.is_empty()).collect();
        insta::assert_snapshot!(format!("overview_{width}"), overview.join("\n"));
        let brief = Report {
            details: false,
            ..report(&compared, &[])
        };
        let brief = self::screen(&brief, width);
        assert!(brief.starts_with(&overview.join("\n")));
        insta::assert_snapshot!(format!("brief_{width}"), brief);
    }
}

/// 70 gaps do not fit into 40 columns. Where neighbours are equal they are one
/// column; where they are not, there are several blocks.
#[test]
fn more_cells_than_room() {
    let contract = contract();
    let axis = axis(70);
    let equal = format!(".{}{} ", "X".repeat(40), ".".repeat(30));
    let unequal = format!(".{} ", "X.".repeat(35));
    for (name, signs) in [("merged", equal), ("blocks", unequal)] {
        let compared = [Compared {
            contract: &contract,
            axis: axis.clone(),
            rows: vec![
                row(&axis, "rust/naive", &signs),
                row(&axis, "js/naive", &signs),
            ],
        }];
        insta::assert_snapshot!(name, screen(&report(&compared, &[]), 40));
    }
}

#[test]
fn in_markdown_nothing_is_markup_that_should_not_be() {
    let contract = contract();
    let mut changes = changes();
    changes.push(Change::Note("a | b <c> [d]".into()));
    insta::assert_snapshot!(report(&[compared(&contract)], &changes).markdown());
}
