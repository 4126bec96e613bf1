//! One table per runtime and scenario.

use comfy_table::{CellAlignment, Table, TableStyle};

use crate::report::{Cost, Measured, Scenario};

const HEAD: [&str; 6] = [
    "program",
    "ns/call",
    "x plain",
    "allocs/call",
    "bytes/call",
    "of 1 ms",
];

/// The table, drawn with one of comfy-table's styles.
pub(crate) fn table(measured: &Measured, scenario: &Scenario, style: TableStyle) -> String {
    let mut table = Table::new();
    table.load_style(style).set_header(HEAD);
    for (n, cost) in scenario.programs.iter().enumerate() {
        let name = measured.backend.program(&cost.variant);
        table.add_row(row(scenario, cost, name, n == 0));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let lines = table.lines();
    lines
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

fn row(scenario: &Scenario, cost: &Cost, name: String, plain: bool) -> [String; 6] {
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    [
        name,
        whole(cost.ns),
        format!("{:.2}", scenario.times(cost)),
        or_dash(cost.allocs.map(|allocs| format!("{allocs:.1}"))),
        or_dash(cost.bytes.map(whole)),
        if plain {
            "-".to_owned()
        } else {
            percent(scenario.of_handler(cost))
        },
    ]
}

/// `12,345`
pub(crate) fn whole(value: f64) -> String {
    let digits = format!("{:.0}", value.max(0.0));
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `+0.03%`
pub(crate) fn percent(value: f64) -> String {
    // What rounds to nothing has no sign.
    let value = (value * 100.0).round() / 100.0;
    if value == 0.0 {
        "0.00%".to_owned()
    } else {
        format!("{value:+.2}%")
    }
}
