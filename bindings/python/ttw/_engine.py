"""The engine: every question that can be asked, of documents in any form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, final

from ttw import _batch, _plain, _ttw
from ttw._asked import asked
from ttw._batch import Milestones
from ttw._codes import Codes
from ttw._comparison import Comparison
from ttw._determination import Determination
from ttw._ledger import Ledger
from ttw._parameters import Parameters, files
from ttw._plain import document, envelope, ticket_of, written
from ttw._rules import Rule, Rules
from ttw._shares import Split, Transition
from ttw._tables import readable
from ttw._unclaimed import Unclaimed
from ttw._validation import Validation
from ttw._verification import VerificationReview, VernEntry, WorkDetermination

if TYPE_CHECKING:
    from decimal import Decimal
    from os import PathLike

    from ttw._batch import ArrowArray, ArrowStream
    from ttw._plain import Input, Policy
    from ttw._scenario import Scenario
    from ttw._table import Table
    from ttw._tables import Tabular


@final
class Engine:
    """The rules, with the built-in parameters or with an operator's added.

    The functions of this package are those of the built-in engine: `ttw.decide` is `decide` of one `Engine()`. An
    engine is safe to use from many threads, lets other threads run while it works, and can be pickled.

    Args:
        params: An operator's parameter files: a folder, whose `*.toml` are read once, or a mapping of file name to
            text. They are named like the built-in ones and may only add later dates.

    Raises:
        TtwError: With every problem of every file.
        NotADirectoryError: There is no such folder.

    Examples:
        >>> import ttw
        >>> published = '''
        ... title = "Trial work level"
        ... unit = "usd_per_month"
        ... holds = "calendar_year"
        ... cite = "20 CFR 404.1592(b)"
        ... verified_through = "2027-12"
        ... [[value]]
        ... from = "2027-01"
        ... amount = "1250"
        ... source = "an example"
        ... '''
        >>> engine = ttw.Engine({"trial_work_level.toml": published})
        >>> engine.parameters("2027-03")["trial_work_level"].amount()
        Decimal('1250')
        >>> engine.version() != ttw.version()
        True
    """

    __slots__ = ("_files", "_native")

    def __init__(self, params: Mapping[str, str] | str | PathLike[str] | None = None) -> None:
        self._files = None if params is None else files(params)
        self._native = _ttw.Engine(self._files)

    def decide(self, question: Input) -> Determination:
        """Decides one claim: is this payment due, and why?

        Args:
            question: A `Question`, a mapping of that form, or its JSON text. Months are `YYYY-MM` or a date of the
                month, dates `YYYY-MM-DD` or `datetime.date`, money a decimal string or `Decimal` in US dollars. A float
                is refused.

        Returns:
            The determination, with a reason for each rule that was consulted and its source in law.

        Raises:
            TtwError: The question cannot be answered; it names all that is wrong with it.
            TypeError: The question holds something that JSON cannot.

        Examples:
            >>> import ttw
            >>> answer = ttw.decide(ttw.example())
            >>> answer.decision, answer.amount
            ('payable', Decimal('1398.00'))
            >>> print(answer.reason("P1-02").text)
            3 of the 6 months March 2016 to August 2016 are at or above the trial work level; 3 are needed.
        """
        return Determination(asked(self._native.decide, document(question), {"": question}, "ttw.decide_batch"))

    def ledger(self, case: Input, *, provider: str, as_of: date | str, policy: Policy = "operations") -> Ledger:
        """Answers for a whole ticket: what was paid, what is payable now, what can still come.

        Args:
            case: A `Case`, a mapping of that form, or its JSON text.
            provider: Whose ledger.
            as_of: The day; months over by then are judged.
            policy: `operations` (the checklist) or `regulation` (20 CFR part 411 read strictly).

        Returns:
            One row for each payment that the ticket can carry.

        Raises:
            TtwError: With all that is wrong; paths begin with `/case`.
            TypeError: The case holds something that JSON cannot.

        Examples:
            >>> import ttw
            >>> ledger = ttw.ledger(ttw.example()["case"], provider="EN-A", as_of="2017-09-15")
            >>> ledger["p1m2"].status, ledger.totals.payable
            ('payable', Decimal('1398.00'))
        """
        fields = {"provider": provider, "as_of": as_of, "policy": policy}
        text = document(case, "/case")
        request, given = envelope({"case": text}, fields), {"case": case, **fields}
        return Ledger(asked(self._native.ledger, request, given, "ttw.ledger_batch"), ticket_of(text))

    def compare(
        self, before: Input, after: Input, *, provider: str, as_of: date | str, policy: Policy = "operations"
    ) -> Comparison:
        """Tells what changes between two states of one case, and what that means for money.

        Args:
            before: The case as it was known.
            after: The case as it is known now, of the same ticket.
            provider: Whose payments.
            as_of: The day on which both are judged.
            policy: `operations` or `regulation`.

        Returns:
            The payments that were overpaid or missed (20 CFR 411.555).

        Raises:
            TtwError: With all that is wrong; paths begin with `/before` or `/after`.
            TypeError: A case holds something that JSON cannot.

        Examples:
            >>> import ttw
            >>> before, after = ttw.example()["case"], ttw.example()["case"]
            >>> after["earnings"][0]["earned"] = "100.00"
            >>> change = ttw.compare(before, after, provider="EN-A", as_of="2017-09-15").changes[0]
            >>> change.payment, change.effect, change.difference
            ('p1m1', 'overpaid', Decimal('-1398.00'))
        """
        fields = {"provider": provider, "as_of": as_of, "policy": policy}
        documents = {"before": before, "after": after}
        request = envelope(documents, fields)
        return Comparison(asked(self._native.compare, request, {**documents, **fields}, "ttw.compare_batch"))

    def split(
        self,
        amount: Decimal | str,
        shares: Mapping[str, int] | Sequence[Mapping[str, Any]],
        *,
        payment: str | None = None,
    ) -> Split:
        """Shares one payment between providers, in whole dollars that add up to it (20 CFR 411.560).

        Args:
            amount: The payment in whole dollars, a decimal string or `Decimal`.
            shares: Percent by provider, earlier assignments first, adding up to 100; or a list of
                `{"provider", "percent"}`.
            payment: The payment's name, where the answer shall name the rules of that payment too.

        Returns:
            The share of each provider, in the same order.

        Raises:
            TtwError: With all that is wrong.
            TypeError: A value that JSON cannot hold.

        Examples:
            >>> import ttw
            >>> [(share.provider, share.amount) for share in ttw.split("1399.00", {"EN-A": 50, "EN-B": 50}).shares]
            [('EN-A', Decimal('700.00')), ('EN-B', Decimal('699.00'))]
        """
        listed: Any = shares
        if isinstance(shares, Mapping):
            listed = [{"provider": provider, "percent": percent} for provider, percent in shares.items()]
        named = {} if payment is None else {"payment": payment}
        return Split(self._native.split(written({"amount": amount, "shares": listed, **named})))

    def transition(
        self, *, title: str, payment_system: str, paid_to_date: Decimal | str, milestones_paid: int
    ) -> Transition:
        """Says what a ticket from before July 2008 can still carry (20 CFR 411.551).

        Args:
            title: `t2`, `t16` or `concurrent`.
            payment_system: `outcome_milestone` or `outcome_only`.
            paid_to_date: Paid on the ticket under the old rules, in dollars, a decimal string or `Decimal`.
            milestones_paid: How many of the old milestones were paid, 0 to 4.

        Returns:
            The remaining payments.

        Raises:
            TtwError: With all that is wrong.
            TypeError: A value that JSON cannot hold.

        Examples:
            >>> import ttw
            >>> ttw.transition(
            ...     title="t2", payment_system="outcome_milestone", paid_to_date="5000.00", milestones_paid=4
            ... ).next_payment
            'p2m1'
        """
        request = {
            "title": title,
            "payment_system": payment_system,
            "paid_to_date": paid_to_date,
            "milestones_paid": milestones_paid,
        }
        return Transition(self._native.transition(written(request)))

    def unclaimed(
        self,
        cases: Tabular,
        *,
        provider: str,
        as_of: date | str,
        requests: Tabular = (),
        policy: Policy = "operations",
    ) -> Unclaimed:
        """Lists what a provider can request on its tickets and has not, with the last day of each request.

        Args:
            cases: Any number of cases: a list of cases as `ledger` takes them, or a table as `ledger_batch` takes it.
            provider: Whose tickets.
            as_of: The day; months over by then are judged.
            requests: The requests that were made and are neither denied nor withdrawn, a list or a table: `ticket`,
                `payment`, `month`. Those of tickets that are not among the cases change nothing.
            policy: `operations` or `regulation`.

        Returns:
            The payments, the most urgent first; for each other ticket why it brings nothing. A case that cannot be
            read is told beside it, and listed in `problems`.

        Raises:
            TtwError: With all that is wrong with the lists themselves, such as a ticket that is there twice or a column
                that there is not.
            TypeError: This is no table and no list of cases, or it holds a value that JSON cannot.

        Examples:
            >>> import ttw
            >>> unclaimed = ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
            >>> unclaimed
            <Unclaimed by EN-A: 1 payment, $1,398>
            >>> made = [{"ticket": "T-0001", "payment": "p1m2", "month": "2016-08"}]
            >>> len(ttw.unclaimed([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15", requests=made))
            0
        """
        from ttw import _caseload, _columns, _tables

        fields = {"provider": provider, "as_of": as_of, "policy": policy}
        ask = partial(asked, self._native.unclaimed, given=fields)
        made = _tables.records(requests, _columns.REQUEST)
        return Unclaimed(_caseload.unclaimed(ask, _tables.documents(cases), made, fields))

    def work_determination(self, case: Input) -> WorkDetermination:
        """Gives the work determination of each month with earnings, with reasons.

        Args:
            case: `title`, `blind`, `disability` (spans of months), `months` (`month`, `gross`, `net_se`, `se_hours`,
                `vrfd`, `not_counted`) and `through`, as a mapping or JSON text.

        Returns:
            The code of each month, the trial work periods, and what is not known.

        Raises:
            TtwError: With all that is wrong; paths begin with `/case`.
            TypeError: A value that JSON cannot hold.

        Examples:
            >>> import ttw
            >>> month = {"month": "2016-08", "gross": "810.00", "vrfd": "Y"}
            >>> spans = [{"from": "2010-01", "to": None}]
            >>> case = {"title": "t2", "blind": False, "disability": spans, "months": [month], "through": "2016-12"}
            >>> ttw.verification.work_determination(case).months[0]["work_det"]
            'O'
        """
        return WorkDetermination(self._native.work_determination(envelope({"case": case}, {})))

    def vern_entry(self, case: Input, entry: Input, *, entered_by: str = "field_office") -> VernEntry:
        """Checks whether a month can be entered so on the VERN screen.

        Args:
            case: As `work_determination` takes it.
            entry: `month`, `work_det`, `gross`, `net_se`, `se_hours`, `vrfd`, `not_counted`.
            entered_by: `field_office` or `integrity_center`.

        Returns:
            The entry is accepted, with what is proposed for the month.

        Raises:
            TtwError: With all that stands against the entry; paths begin with `/case` or `/entry`.
            TypeError: A value that JSON cannot hold.

        Examples:
            >>> import ttw
            >>> spans = [{"from": "2010-01", "to": None}]
            >>> case = {"title": "t2", "blind": False, "disability": spans, "months": [], "through": "2016-12"}
            >>> entry = {"month": "2016-08", "work_det": "O", "gross": "810.00", "vrfd": "Y"}
            >>> ttw.verification.vern_entry(case, entry).accepted
            True
        """
        fields = {"entered_by": entered_by}
        return VernEntry(self._native.vern_entry(envelope({"case": case, "entry": entry}, fields)))

    def verification_review(
        self,
        *,
        today: date | str,
        postings: Sequence[Mapping[str, Any]] = (),
        issues: Sequence[Mapping[str, Any]] = (),
        aged_days: int = 60,
    ) -> VerificationReview:
        """Gives what an office works from: issues that postings open, pending ones, their order, and the aged ones.

        Args:
            today: The day.
            postings: Alleged earnings: `person`, `month`, `alleged`, `title`, `trial_work_over`.
            issues: The issues there are: `id`, `person`, `kind`, `month`, `office`, `opened_on`, `cleared_on`,
                `by_hand`.
            aged_days: Days from which an issue is aged, 0 to 255.

        Returns:
            The lists.

        Raises:
            TtwError: With all that is wrong.
            TypeError: A value that JSON cannot hold.

        Examples:
            >>> import ttw
            >>> issue = {"id": "1", "person": "P-1", "kind": "T2VY", "month": "2026-03", "office": "FO-A"}
            >>> review = ttw.verification.review(today="2026-06-15", issues=[{**issue, "opened_on": "2026-04-16"}])
            >>> len(review.pending), len(review.aged)
            (1, 1)
        """
        fields = {"today": today, "postings": list(postings), "issues": list(issues), "aged_days": aged_days}
        return VerificationReview(asked(self._native.verification, envelope({}, fields), fields))

    def validate(
        self, form: str, draft: Input, *, received_on: date | str, on_file: Input | None = None, people: str = "real"
    ) -> Validation:
        """Checks a form before it is filed, as the portal would on a day.

        Args:
            form: `payment_request`, `earnings_inquiry`, `work_plan`, `form_1365`, `progress_review` or
                `split_agreement`.
            draft: The form's fields, as a mapping or JSON text. Values are as in a question.
            received_on: The day of receipt; it also tells by which rules.
            on_file: What is on file: `organization` (who files), `roles`, and `people` with an entry for each person
                of the draft, in its order. Without it the draft is checked by itself; the answer then has no document
                and no advice, and a form with nothing wrong by itself may still be refused.
            people: `real`, or `test` for numbers of test people (900 to 999), which are then the only ones taken.

        Returns:
            The form as it would be filed, with warnings that would have to be acknowledged.

        Raises:
            TtwError: With all that is wrong; paths begin with `/draft` or `/on_file`.
            TypeError: A value that JSON cannot hold.

        Examples:
            >>> import ttw
            >>> draft = {"beneficiaries": [{"ssn": "900-12-3456", "assignment_date": "2016-05-20"}]}
            >>> alone = ttw.validate("earnings_inquiry", draft, received_on="2016-09-15", people="test")
            >>> alone.checked_against_file
            False
            >>> network = {"provider": "EN-A", "ein": "12-3456789", "name": "Example Network", "kind": "en"}
            >>> on_file = {
            ...     "organization": network,
            ...     "roles": ["signatory"],
            ...     "people": [{"case": ttw.example()["case"]}],
            ... }
            >>> checked = ttw.validate(
            ...     "earnings_inquiry", draft, received_on="2016-09-15", on_file=on_file, people="test"
            ... )
            >>> checked.document["beneficiaries"][0]["ssn"], checked.warnings[0].code
            ('***-**-3456', 'EIR_NO_QUARTER_AVAILABLE')
        """
        documents = {"draft": draft} if on_file is None else {"draft": draft, "on_file": on_file}
        fields = {"form": form, "received_on": received_on, "people": people}
        request = envelope(documents, fields)
        return Validation(asked(self._native.validate, request, {**documents, **fields}, "ttw.validate_batch"))

    def milestones_batch(
        self,
        panel: ArrowStream | ArrowArray,
        *,
        as_of: date | str | None = None,
        policy: Policy = "operations",
        threads: int | None = None,
        instructions: str | None = None,
        columns: Iterable[str] | None = None,
        evidence: bool = False,
    ) -> Milestones:
        """Judges the milestones of a panel, one row a ticket, millions a second.

        Args:
            panel: Anything with `__arrow_c_stream__` or `__arrow_c_array__`, with these columns. `title`: `t2`, `t16`,
                `concurrent`. `first_month`: date32, the month of element 0 of the lists. `first_assigned_on`: date32.
                `earned`: lists of int32 or int64 cents or of decimal128 with two places. `t2`, `t16`: lists of uint8: 0
                none, 1 `current_pay`, 2 `suspended_work`, 3 `suspended_other`, 4 `ended_work`, 5 `ended_other`, 6 State
                supplement only, 255 unknown; or lists of a dictionary of these words. Optional: `id` of any type,
                `blind`, `assigned_on`, `first_payable_month`, `last_payable_month`, `vr_bar` (`phase_1` or `all`),
                `services_completed_on` (without the column it is not checked), `paid`, `last_period` (lists of bool).
                A status that is null is unknown, an amount that is null is nothing; where a list ends before the
                others, its months are the same. Other integers and decimals, words without a dictionary, and instants
                at midnight are taken too, by a copy; so is a column of nothing, without a type.
            as_of: Months over by this day are judged; by default the day after the last month of a row's lists.
            policy: `operations` (the checklist) or `regulation` (20 CFR part 411 read strictly).
            threads: How many threads work; by default one for each processor.
            instructions: Holds the work to `baseline`, `avx2`, `avx512` or `neon`; by default the machine's widest, or
                what the environment variable TTW_INSTRUCTIONS says.
            columns: The columns of `ttw.Milestones` that are needed, in the order in which they are to come; by default
                all. What only the others need is neither computed nor kept in memory. `id` comes whenever it is there.
            evidence: Whether the months behind the answers are given too, 56 bytes a ticket.

        Returns:
            Arrow data, a row for each row of the panel, equal to what `ledger` answers for that ticket.

        Raises:
            TtwError: A column is missing or of the wrong type, or rows are faulty; a path is `/column/row`. Or
                there is no such policy, or no such column of an answer.
            TypeError: This is no panel, a lazy frame, or an argument is of another type.
            ValueError: `threads` is below 1.

        Examples:
            >>> import ttw
            >>> ttw.milestones_batch(ttw.example_panel()).column("p1m2")
            [datetime.date(2016, 8, 1)]
            >>> ttw.milestones_batch(ttw.example_panel(), columns=["p1m2", "p1m2_status"]).row(0)
            {'id': 'T-0001', 'p1m2': datetime.date(2016, 8, 1), 'p1m2_status': 'attained'}
        """
        panel = readable(panel)
        table = _batch.milestones(self._native, panel, as_of, policy, threads, instructions, columns, evidence)
        return Milestones(table, partial(self.explain, panel, as_of=_batch.day(as_of), policy=policy))

    def explain(
        self,
        panel: ArrowStream | ArrowArray | Milestones,
        row: int,
        *,
        as_of: date | str | None = None,
        policy: Policy = "operations",
    ) -> dict[str, Determination]:
        """Explains the milestones of one row of a panel, in the words of `decide`.

        Args:
            panel: The panel, or what `milestones_batch` answered to it.
            row: Which row, from 0.
            as_of: As given to `milestones_batch`; an answer knows its own.
            policy: The same.

        Returns:
            A determination for each of `p1m1` to `p1m4`, and for `p2m1` and `outcome1` where they are payable or may
            be: for the month attained, else for one that may be it, else for the last that is over.

        Raises:
            TtwError: The row is faulty.
            IndexError: There is no such row.
            TypeError: This is no panel, or a row is no whole number.
            ValueError: The answer is to a panel that could be read only once, such as a reader of record batches.

        Examples:
            >>> import ttw
            >>> told = ttw.explain(ttw.example_panel(), 0)
            >>> print(told["p1m2"].reason("P1-02").text)
            3 of the 6 months March 2016 to August 2016 are at or above the trial work level; 3 are needed.
        """
        if isinstance(panel, Milestones):
            return panel.explain(row)
        return _batch.explain(self._native, self.decide, panel, row, as_of, policy)

    def ledger_batch(
        self,
        cases: Tabular,
        *,
        provider: str | None = None,
        as_of: date | str | None = None,
        policy: Policy | None = None,
        statuses: Iterable[str] | None = None,
        texts: bool = False,
        threads: int | None = None,
        progress: bool = False,
        workers: int | None = None,
    ) -> Table:
        """Answers for the whole tickets of many cases: `ledger`, row by row.

        Args:
            cases: A table that gives its columns as Arrow does (pyarrow, Polars, pandas, DuckDB): the fields of a case
                as columns of structs and lists, money as `decimal(_, 2)`, text, or whole cents in columns named
                `…_cents`; or one column of JSON text; or a list of cases as `ledger` takes them, which may hold
                timestamps, NaN and cents as a frame does. What is null in a table is not there. Other columns are
                refused: leave them out, and join them to the answers by `row`. `ttw.cases` makes cases of plain tables.
            provider: Whose ledgers; None: a column `provider` says it.
            as_of: The day; None: a column `as_of` says it.
            policy: `operations` or `regulation`; None: a column `policy`, or else `operations`.
            statuses: Only rows of these statuses, such as `["payable"]`.
            texts: Adds `reasons`: the rules in words, for a payable row all of them, for others what stands in the way.
            threads: How many threads; None: one a processor.
            progress: Shows a bar of progress, where tqdm is installed.
            workers: The former name of `threads`; it still works, with a `DeprecationWarning`.

        Returns:
            A row a ticket and payment: `row` (place in the input, from 0), `ticket`, `payment`, `status`, `attained_in`
            (first day of the month), `amount` (dollars), `blocked_by` (ids of rules), `have` and `need` (months of a
            pending milestone), `problems`. A case that cannot be read is one row with its problems.

        Raises:
            TtwError: With what is wrong, or missing, in what is said once for all rows; a column that there is not, or
                one that is missing; or a column of money that holds floats.
            TypeError: This is no table and no list of documents, or a column has a type that JSON has not.
            ValueError: There is no such status (it says which there are), or `threads` is below 1.

        Examples:
            >>> import ttw
            >>> case = ttw.example()["case"]
            >>> table = ttw.ledger_batch([case, "{}"], provider="EN-A", as_of="2017-09-15", statuses=["payable"])
            >>> [(row["row"], row["payment"], row["amount"]) for row in table]
            [(0, 'p1m2', Decimal('1398.00')), (1, None, None)]
            >>> [problem["path"] for problem in table["problems"][1]]
            ['/case/ticket', '/case/beneficiary']
        """
        from ttw import _columns, _tables
        from ttw._table import Table

        rows, wanted = _tables.given(cases, _columns.LEDGER), _plain.statuses(statuses)
        count = _plain.threads(threads, workers)
        fields = {"provider": provider, "as_of": as_of, "policy": policy}
        said = _tables.check(self._native.ledger, ["case"], rows, ["provider", "as_of"], **fields)
        with _tables.glance(progress, _tables.size(rows)) as shown:
            return Table(self._native.ledger_table(rows, said, texts, wanted, count, shown))

    def decide_batch(
        self,
        questions: Tabular,
        *,
        requested_on: date | str | None = None,
        policy: Policy | None = None,
        texts: bool = False,
        answers: bool = False,
        threads: int | None = None,
        progress: bool = False,
        workers: int | None = None,
    ) -> Table:
        """Decides many claims: `decide`, row by row.

        Args:
            questions: A table with the columns of a question (`case` or the fields of a case, `claim`, `requested_on`,
                `policy`) in any of the forms that `ledger_batch` takes, or a list of questions.
            requested_on: The day of all requests; None: the questions say it.
            policy: By which policy; None: the questions say it.
            texts: Adds `reasons`: every rule in words.
            answers: Adds `determination`: the JSON that `decide` gives, of which `Determination` makes an answer again.
            threads: How many threads; None: one a processor.
            progress: Shows a bar of progress, where tqdm is installed.
            workers: The former name of `threads`; it still works, with a `DeprecationWarning`.

        Returns:
            A row a question: `row`, `ticket`, `decision`, `payment`, `month`, `provider`, `amount`, `attained_in`,
            `earnings_basis`, `failed` and `unknown` (ids of rules), `missing`, `next` (in words), `problems`.

        Raises:
            TtwError: With what is wrong in what is said once for all rows; a column that there is not, or one that is
                missing; or a column of money that holds floats.
            TypeError: This is no table and no list of documents, or a column has a type that JSON has not.

        Examples:
            >>> import ttw
            >>> question = ttw.example()
            >>> early = {**question, "claim": {**question["claim"], "month": "2016-07"}}
            >>> table = ttw.decide_batch([question, early])
            >>> table["decision"], table["failed"]
            (['payable', 'not_payable'], [[], ['P1-02']])
        """
        from ttw import _columns, _tables
        from ttw._table import Table

        rows, count = _tables.given(questions, _columns.QUESTION), _plain.threads(threads, workers)
        fields = {"requested_on": requested_on, "policy": policy}
        # A list, or a column of text alone, holds whole questions.
        needed = [] if _tables.is_one_column(rows) else ["requested_on"]
        said = _tables.check(self._native.decide, ["case", "claim"], rows, needed, **fields)
        with _tables.glance(progress, _tables.size(rows)) as shown:
            return Table(self._native.decide_table(rows, said, texts, answers, count, shown))

    def compare_batch(
        self,
        before: Tabular,
        after: Tabular,
        *,
        provider: str,
        as_of: date | str,
        policy: Policy = "operations",
        threads: int | None = None,
        progress: bool = False,
        workers: int | None = None,
    ) -> Table:
        """Tells what changes between two states of many cases: `compare`, row by row.

        Args:
            before: The cases as they were known, in any of the forms that `ledger_batch` takes.
            after: The same cases as they are known now, in the same order.
            provider: Whose payments.
            as_of: The day on which both are judged.
            policy: `operations` or `regulation`.
            threads: How many threads; None: one a processor.
            progress: Shows a bar of progress, where tqdm is installed.
            workers: The former name of `threads`; it still works, with a `DeprecationWarning`.

        Returns:
            A row a payment that was overpaid or missed: `row`, `ticket`, `payment`, `month`, `before`, `after`,
            `difference`, `effect`, `recoverable`, `rules`, `problems`. A case in which nothing changes has no row.

        Raises:
            TtwError: With what is wrong in what is said once for all rows; a column that there is not, or one that is
                missing; or a column of money that holds floats.
            TypeError: This is no table and no list of documents, or a column has a type that JSON has not.
            ValueError: The two tables differ in length.

        Examples:
            >>> import ttw
            >>> before, after = ttw.example()["case"], ttw.example()["case"]
            >>> after["earnings"][0]["earned"] = "100.00"
            >>> table = ttw.compare_batch([before, before], [before, after], provider="EN-A", as_of="2017-09-15")
            >>> [(row["row"], row["payment"], row["effect"], row["difference"]) for row in table]
            [(1, 'p1m1', 'overpaid', Decimal('-1398.00')), (1, 'p1m2', 'overpaid', Decimal('-1398.00'))]
        """
        from ttw import _columns, _tables
        from ttw._table import Table

        rows, later = _tables.given(before, _columns.BEFORE), _tables.given(after, _columns.AFTER)
        count = _plain.threads(threads, workers)
        fields = {"provider": provider, "as_of": as_of, "policy": policy}
        said = _tables.check(self._native.compare, ["before", "after"], rows, [], **fields)
        with _tables.glance(progress, _tables.size(rows)) as shown:
            return Table(self._native.compare_table(rows, later, said, count, shown))

    def validate_batch(
        self,
        drafts: Tabular,
        *,
        form: str | None = None,
        received_on: date | str | None = None,
        people: str | None = None,
        threads: int | None = None,
        progress: bool = False,
        workers: int | None = None,
    ) -> Table:
        """Checks many forms before they are filed: `validate`, row by row.

        Args:
            drafts: A table with the fields of a draft as columns, beside them where they differ by row `form`,
                `received_on`, `on_file` and `people`; or a column of JSON text, or a list of drafts.
            form: Which form; None: a column `form` says it.
            received_on: The day of receipt; None: a column says it.
            people: `real` or `test`; None: a column, or else `real`.
            threads: How many threads; None: one a processor.
            progress: Shows a bar of progress, where tqdm is installed.
            workers: The former name of `threads`; it still works, with a `DeprecationWarning`.

        Returns:
            A row a problem, warnings among them: `row`, `code`, `class`, `path`, `message`, `action`, `cite`. A draft
            with nothing wrong has no row.

        Raises:
            TtwError: With what is wrong in what is said once for all rows; a column that there is not, or one that is
                missing; or a column of money that holds floats.
            TypeError: This is no table and no list of documents, or a column has a type that JSON has not.

        Examples:
            >>> import ttw
            >>> good = {"beneficiaries": [{"ssn": "900-12-3456", "assignment_date": "2016-05-20"}]}
            >>> late = {"beneficiaries": [{"ssn": "900-12-3456", "assignment_date": "2020-05-20"}]}
            >>> table = ttw.validate_batch(
            ...     [good, late], form="earnings_inquiry", received_on="2017-01-15", people="test"
            ... )
            >>> [(row["row"], row["code"], row["path"]) for row in table]
            [(1, 'EIR_TAD_FUTURE', '/draft/beneficiaries/0/assignment_date')]
        """
        from ttw import _columns, _tables
        from ttw._table import Table

        rows, count = _tables.given(drafts, _columns.DRAFT), _plain.threads(threads, workers)
        fields = {"form": form, "received_on": received_on, "people": people}
        said = _tables.check(self._native.validate, ["draft"], rows, ["form", "received_on"], **fields)
        with _tables.glance(progress, _tables.size(rows)) as shown:
            return Table(self._native.validate_table(rows, said, count, shown))

    def scenario(self, cases: Tabular, *, provider: str, as_of: date | str, policy: Policy = "operations") -> Scenario:
        """Takes cases to be judged again with something changed: earnings, assignment, policy, years.

        Args:
            cases: A list of cases, or a table of cases as `ledger_batch` takes it.
            provider: Whose payments.
            as_of: The day.
            policy: `operations` or `regulation`.

        Returns:
            A scenario: `what_if` tells what a change brings, `next_month` what would unlock each next payment.

        Raises:
            TtwError: With all that is wrong with provider, day, policy and the columns of a table; a case that is wrong
                is told in the answers.
            TypeError: This is no table and no list of cases.

        Examples:
            >>> import ttw
            >>> scenario = ttw.scenario([ttw.example()["case"]], provider="EN-A", as_of="2017-09-15")
            >>> scenario.what_if(move_assignment=60)
            <ttw.WhatIf: 1 payment of 1 ticket, -$1,398>
        """
        from ttw import _scenario

        return _scenario.Scenario(self, cases, provider, as_of, policy)

    def codes(self) -> Codes:
        """Gives every code that a problem can have, with what is always said of it.

        Examples:
            >>> import ttw
            >>> ttw.codes()["PR_BELOW_TWL"].action
            'acknowledge'
        """
        return Codes(self._native.codes())

    def rules(self) -> Rules:
        """Gives every rule, and every difference between the two policies.

        Examples:
            >>> import ttw
            >>> "LB-02" in ttw.rules()
            True
        """
        return Rules(self._native.rules())

    def rule(self, id: str) -> Rule:
        """Gives one rule.

        Args:
            id: Its id in the register, such as `LB-02`.

        Raises:
            KeyError: There is no such rule; it says which come near.

        Examples:
            >>> import ttw
            >>> ttw.rule("LB-02").id
            'LB-02'
        """
        found = self._native.rule(id)
        if found is None:
            return self.rules()[id]
        return Rule(found)

    def parameters(self, on: date | str | None = None) -> Parameters:
        """Gives the numbers of the law, each with its source.

        Args:
            on: A month, `YYYY-MM` or a date of it; None gives the values of all years.

        Raises:
            TtwError: This is not a month.
            TypeError: This is neither text nor a date.

        Examples:
            >>> import ttw
            >>> ttw.parameters("2016-08")["trial_work_level"].amount()
            Decimal('810')
        """
        month = on.isoformat()[:7] if isinstance(on, date) else on
        return Parameters(self._native.parameters(None if month is None else _plain.said("on", month)))

    def version(self) -> str:
        """Gives the version of rules and parameters; every answer carries it.

        Examples:
            >>> import ttw
            >>> ttw.version() == ttw.decide(ttw.example()).rules_version
            True
        """
        return self._native.version()

    def __reduce__(self) -> tuple[type[Engine], tuple[dict[str, str] | None]]:
        return Engine, (None if self._files is None else dict(self._files),)

    def __repr__(self) -> str:
        return f"<ttw.Engine {self.version()}>"
