//! PAY-05.

use super::reason::Said;
use super::rule::{Asked, Heading, Kind, Role, rule};
use super::verdict::Verdict;
use crate::facts::Facts;

rule! {
    /// The reconciliation pays each milestone at the rate of the year in which the outcome period began.
    ///
    /// # Reading
    /// The rates are those of PAY-01 and PAY-02 for the calendar year of the first month of the outcome period, whatever the year
    /// of the request or of the twelfth outcome.
    /// # Example
    /// An outcome period that began in December 2015 is reconciled at the rates of 2015, even when the twelfth outcome is of 2016.
    /// # Sources
    /// 20 CFR 411.536.
    pub(super) const RULE = {
        id: "PAY-05", name: "reconciliation_rate", heading: Heading::Payments, source: "20 CFR 411.536",
        role: Role::Explains(explain),
    };
}

fn explain(facts: &Facts<'_>, asked: &Asked, _: &Verdict) -> Option<Said> {
    if asked.kind != Kind::Reconciliation {
        return None;
    }
    let (first, possible) = facts.outcome_period_first();
    // Which year's rates are used is not known where the period may have begun in an earlier one.
    let first = first.filter(|first| possible.is_none_or(|possible| possible.year() == first.year()))?;
    let text = format!("The outcome period began in {}, so the rates of {} are used.", first.in_words(), first.year());
    Some(Said::new(text).fact("first_month", first).fact("year", first.year()))
}

#[cfg(test)]
mod tests {
    use crate::testing::{UNLISTED, YES, suspended_from};

    #[test]
    fn the_year_is_the_one_in_which_the_period_began() {
        let amount = |first: &str| {
            let story = suspended_from(first).earned("2016-12..2018-01", "1180");
            let claim = story.ask("reconciliation", "2018-01");
            (claim.fact("PAY-05", "year"), claim.amount().unwrap())
        };
        // 2016: 4 times $1,398 and 11 times $419. 2017: 4 times $1,400 and 11 times $420.
        assert_eq!(amount("2016-12"), (2016.into(), "10201.00".to_owned()));
        assert_eq!(amount("2017-01"), (2017.into(), "10220.00".to_owned()));
        let story = suspended_from("2017-01");
        assert_eq!(story.ask("outcome", "2017-01").holds("PAY-05"), UNLISTED);
        assert_eq!(["2016-12", "2017-01"].map(|m| story.ask("reconciliation", m).holds("PAY-05")), [UNLISTED, YES]);
    }
}
