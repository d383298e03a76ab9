//! The articles that are open.

use super::{Row, Target};
use crate::reader::story::{Progress, Story};

/// The rows: one an article.
pub fn rows(stories: &[Story]) -> Vec<Row> {
    let row = |(at, story): (usize, &Story)| Row {
        target: Target::Article(at),
        label: story.title().to_owned(),
        detail: match &story.progress {
            Progress::Failed(why) => why.clone(),
            Progress::Unread => "not read yet".to_owned(),
            _ => {
                [story.article.document.publisher.clone(), story.article.document.published.map(|stamp| stamp.date().to_string())]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
        },
        count: (story.progress == Progress::Done).then_some(story.analysis.claims.len()),
        kind: None,
    };
    stories.iter().enumerate().map(row).collect()
}
