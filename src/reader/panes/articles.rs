//! The articles that are open.

use super::timeline::stamp;
use super::{Row, Target};
use crate::article::Stamp;
use crate::reader::story::{Progress, Story};

/// The rows: one an article.
pub fn rows(stories: &[Story]) -> Vec<Row> {
    stories.iter().enumerate().map(|(at, story)| row(at, story)).collect()
}

/// The row of an article: its headline, and the day and outlet that it tells.
pub fn row(at: usize, story: &Story) -> Row {
    let document = &story.article.document;
    let day = document.published.and_then(|published| stamp(Stamp { timed: false, ..published }));
    // Which day of the week it was matters less than the headline.
    let day = day.map(|day| day.split_once(' ').map_or(day.as_str(), |(_, date)| date).to_owned());
    Row {
        target: Target::Article(at),
        label: story.title().to_owned(),
        detail: match &story.progress {
            Progress::Failed(why) => why.split_once(&format!("{}: ", story.name)).map_or(why.as_str(), |(_, why)| why).to_owned(),
            Progress::Unread => "not read yet".to_owned(),
            _ => day.into_iter().chain(document.publisher.clone()).collect::<Vec<_>>().join(" · "),
        },
        count: (story.progress == Progress::Done).then_some(story.claim_order.len()),
        kind: None,
    }
}
