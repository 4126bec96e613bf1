//! What is built is what the rows say, and no row is lost.

use std::fs;
use std::path::Path;

use droppoint_disconnect::matrix::{Cells, NotMeasured, join};
use droppoint_disconnect::published::table;
use droppoint_disconnect::report::Report;
use droppoint_disconnect::rows::{Home, NEWER, Row};

/// Every version of a package in a lock file.
fn locked(home: &str, package: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("servers");
    let text = fs::read_to_string(folder.join(home).join("Cargo.lock")).unwrap();
    let lock: toml::Value = toml::from_str(&text).unwrap();
    let packages = lock["package"].as_array().unwrap();
    let named = packages
        .iter()
        .filter(|it| it["name"].as_str() == Some(package));
    named
        .map(|it| it["version"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn published_rows_are_built_at_the_published_versions() {
    for row in table() {
        assert_eq!(locked("published", &row.framework), [row.version]);
    }
}

#[test]
fn newer_rows_are_built_at_other_versions() {
    for name in NEWER {
        let row = table().into_iter().find(|it| it.framework == name).unwrap();
        let newest = locked("newest", name);
        assert_eq!(newest.len(), 1, "{name}");
        assert_ne!(newest, [row.version], "{name}");
    }
}

#[tokio::test]
async fn a_row_whose_measurement_panics_is_one_that_failed() {
    let rows = ["panics", "works"].map(|name| {
        let row = Row {
            name: name.to_owned(),
            home: Home::Go,
        };
        let measured = async move {
            assert_ne!(name, "panics");
            Ok((Some("1.0".to_owned()), Cells::new()))
        };
        (row, measured)
    });
    let rows = join(rows).await;
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["panics", "works"]);
    assert!(
        matches!(&rows[0].cells, Err(NotMeasured::Failed(_))),
        "{rows:?}"
    );
    let report = Report {
        rows: &rows,
        times: 1,
    };
    // The exit code, and whether results are overwritten.
    assert!(!report.is_fine() && !report.is_complete());
}
