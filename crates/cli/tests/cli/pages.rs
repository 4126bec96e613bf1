//! `embed --check` and `--write` on other people's files: nothing but the table
//! changes, and one bad page does not hide another.

use std::fs;

use droppoint_cli::embed::find;

use crate::support::Project;

/// A page with a table that is stale, and the page that it should be.
fn pages(project: &Project) -> (String, String) {
    let element = project.run(&["embed", "save-file"]).out;
    let good = format!("<h1>A post</h1>\n{element}<p>More.</p>\n");
    let stale = good.replace("X broken", ". clean");
    assert_ne!(stale, good);
    (stale, good)
}

#[cfg(unix)]
#[test]
fn a_page_keeps_its_mode_and_a_link_to_it_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = Project::new();
    let (stale, good) = pages(&project);
    let (post, link) = (project.path("post.html"), project.path("link.html"));
    fs::write(&post, stale).unwrap();
    fs::set_permissions(&post, fs::Permissions::from_mode(0o600)).unwrap();
    symlink("post.html", &link).unwrap();
    project
        .run(&["embed", "--write", "--check", link.to_str().unwrap()])
        .says(0, "the table mended");
    assert_eq!(fs::read_to_string(&post).unwrap(), good);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let mode = fs::metadata(&post).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn line_breaks_stay_what_they_are() {
    let project = Project::new();
    let (stale, good) = pages(&project);
    let post = project.path("post.html");
    let path = post.to_str().unwrap();
    let crlf = |text: &str| text.replace('\n', "\r\n");
    fs::write(&post, crlf(&good)).unwrap();
    project.run(&["embed", "--check", path]).says(0, "1 embed");
    for page in [&stale, "<drop-point scenario=save-file></drop-point>\n"] {
        fs::write(&post, crlf(page)).unwrap();
        project
            .run(&["embed", "--write", "--check", path])
            .says(0, "mended");
        let text = fs::read_to_string(&post).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }
}

#[test]
fn an_authors_own_words_stay() {
    let project = Project::new();
    let (stale, good) = pages(&project);
    let post = project.path("post.html");
    let path = post.to_str().unwrap();
    let with_words = |page: &str| {
        let (before, after) = ("<p>My words.</p>\n<table>", "</table><p>Mine, too.</p>");
        page.replace("<table>", before).replace("</table>", after)
    };
    fs::write(&post, with_words(&stale)).unwrap();
    project
        .run(&["embed", "--write", "--check", path])
        .says(0, "mended");
    assert_eq!(fs::read_to_string(&post).unwrap(), with_words(&good));
    let two = "<drop-point scenario=save-file><table></table><table></table></drop-point>";
    fs::write(&post, two).unwrap();
    project
        .run(&["embed", "--write", "--check", path])
        .fails(2, "post.html:1: 2 tables stand in the element");
    assert_eq!(fs::read_to_string(&post).unwrap(), two);
}

#[test]
fn a_page_that_cannot_be_read_does_not_hide_the_others() {
    let project = Project::new();
    let (stale, good) = pages(&project);
    let name = |name: &str| project.path(name).to_str().unwrap().to_owned();
    let (one, latin, open, two) = (
        name("1.html"),
        name("l.html"),
        name("o.html"),
        name("2.html"),
    );
    fs::write(&one, &stale).unwrap();
    fs::write(&latin, b"caf\xe9").unwrap();
    fs::write(
        &open,
        "<drop-point scenario=save-file programs=rust/naiv></drop-point>",
    )
    .unwrap();
    fs::write(&two, format!("{stale}{stale}")).unwrap();
    let ran = project.run(&["embed", "--check", &one, &latin, &open, &two]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    for says in [
        "it is not UTF-8",
        "save it as UTF-8",
        "o.html:1: no program",
        "`rust/naive`?",
    ] {
        assert!(ran.err.contains(says), "{says}: {ran:?}");
    }
    let at: Vec<usize> = ["1.html:3:", "2.html:3:", "2.html:"]
        .iter()
        .map(|line| {
            ran.out
                .find(line)
                .unwrap_or_else(|| panic!("{line}: {ran:?}"))
        })
        .collect();
    assert!(at.is_sorted(), "{ran:?}");
    assert!(
        ran.out
            .contains("3 embeds in 2 files; 2 files not understood"),
        "{ran:?}"
    );
    let ran = project.run(&["embed", "--write", "--check", &one, &latin, &open, &two]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert_eq!(fs::read_to_string(&one).unwrap(), good);
    assert_eq!(fs::read_to_string(&two).unwrap(), format!("{good}{good}"));
}

#[test]
fn what_html_does_not_read_as_html_is_left_out_and_case_does_not_matter() {
    for text in [
        "<script>const a = '<drop-point scenario=\"x\">';</script>",
        "<STYLE>/* <drop-point> */</STYLE>",
        "<textarea><drop-point></textarea>",
    ] {
        assert_eq!(find(text).unwrap(), [], "{text}");
    }
    let found = find("<Drop-Point SCENARIO='save-file'>x</DROP-POINT>").unwrap();
    assert_eq!(
        found[0].attributes,
        [("scenario".to_owned(), "save-file".to_owned())]
    );
    let nested = "<drop-point scenario=a>\n<drop-point scenario=b></drop-point></drop-point>";
    assert_eq!(
        find(nested).unwrap_err(),
        "2: an element stands in an element"
    );
}

#[test]
fn write_alone_says_what_it_belongs_to() {
    let project = Project::new();
    project
        .run(&["embed", "--write", "post.html"])
        .fails(2, "--write --check FILES");
}

#[test]
fn a_scenario_that_is_not_recorded_says_how_it_will_be() {
    let project = Project::new();
    fs::remove_file(project.path("recordings/save-file.go.json")).unwrap();
    project
        .run(&["embed", "save-file"])
        .fails(1, "droppoint record save-file");
}
