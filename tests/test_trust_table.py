"""Which test stands for which promise of trust, and which control shows that the test can fail.

The numbers are those of the project's table of trust tests. A row names test functions by module
and name; this module fails when one of them is gone, and when a row has no control.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Row:
    """A promise, the tests that stand for it, and the controls that must fail for them."""

    shows: str
    tests: tuple[str, ...]
    controls: tuple[str, ...]


TABLE = {
    "T1": Row(
        "8 processes x 200 writes on one database: all there, once, no lock given up on, chain whole",
        (
            "trust.test_many_writers.test_every_acknowledged_write_of_many_processes_is_there_once",
            "db.test_reading_races.test_numbers_of_documents_have_no_gap_when_many_issue_at_once",
        ),
        (
            "trust.test_many_writers.test_with_a_deferred_begin_writers_on_sqlite_lock_each_other_out",
            "trust.test_many_writers.test_numbers_taken_as_the_highest_plus_one_collide",
        ),
    ),
    "T3": Row(
        "SIGKILL of writers in mid-work: nothing acknowledged lost, nothing half-done",
        (
            "trust.test_killed_writers"
            ".test_nothing_acknowledged_is_lost_and_nothing_half_done_when_writers_are_killed",
            "trust.test_killed_writers.test_killed_before_any_statement_the_same_form_saves_it_once",
        ),
        ("trust.test_killed_writers.test_a_desk_that_says_saved_before_the_commit_is_found_out",),
    ),
    "mail": Row(
        "a sender killed at any moment: at most one message per recipient, none lost",
        (
            "trust.test_mail_killed"
            ".test_killed_at_any_moment_each_message_goes_out_at_most_once_and_none_is_lost",
            "db.test_mail_sending"
            ".test_a_message_that_may_have_been_taken_is_in_doubt_and_never_sent_again_by_itself",
            "db.test_mail_sending.test_two_senders_never_have_the_same_message",
        ),
        ("trust.test_mail_killed.test_a_sender_that_marks_nothing_first_sends_twice",),
    ),
    "T8": Row(
        "the books stay whole under random billing, payments, corrections, refunds and crashes",
        ("trust.test_money_machine.test_the_books_stay_whole_whatever_is_done",),
        ("trust.test_money_machine.test_a_planted_bug_is_found",),
    ),
    "T6": Row(
        "12 processes (4 on SQLite) issue invoices, some rolled back, half killed: no gap, no duplicate",
        (
            "trust.test_invoice_numbers"
            ".test_invoices_of_many_processes_are_numbered_without_gap_or_duplicate",
            "trust.test_invoice_numbers.test_numbers_stay_whole_when_half_of_the_processes_are_killed",
        ),
        (
            "trust.test_invoice_numbers.test_the_highest_number_plus_one_is_taken_twice",
            "trust.test_invoice_numbers.test_a_sequence_leaves_a_gap_where_something_was_rolled_back",
        ),
    ),
    "T7": Row(
        "12 processes open 40 new series at the same instant: each counts from one, without an error",
        ("trust.test_invoice_numbers.test_new_series_opened_at_the_same_instant_count_from_one",),
        ("trust.test_invoice_numbers.test_looking_first_and_inserting_then_fails_for_a_new_series",),
    ),
    "T9": Row(
        "two agents, one meter and day: one is saved, the other is told who and what",
        (
            "db.test_reading_races.test_two_agents_read_one_meter_at_once",
            "trust.test_many_writers"
            ".test_of_many_on_one_meter_and_day_one_is_saved_and_the_others_are_told_who",
        ),
        ("trust.test_many_writers.test_without_holding_the_meter_two_readings_of_one_day_are_saved",),
    ),
    "T10": Row(
        "one form submitted twice has one effect",
        (
            "db.test_reading_races.test_a_double_submit_from_two_processes_saves_once",
            "db.test_reading_races.test_the_submission_is_unique_in_the_database_too",
            "tui.test_call.test_a_second_enter_saves_nothing_more",
        ),
        ("db.test_reading_races.test_two_forms_are_two_submissions",),
    ),
    "T11": Row(
        "a backup taken during writes restores to everything acknowledged before it began",
        ("db.test_backup.test_backups_taken_during_writes_restore_to_all_that_was_acknowledged",),
        ("db.test_backup.test_a_plain_copy_of_the_file_is_no_backup",),
    ),
    "T14": Row(
        "every edit, removal, insertion and tail cut of the journal is found",
        (
            "db.test_journal_tampering.test_two_hundred_ways_to_rewrite_the_journal_are_all_found",
            "db.test_journal_tampering.test_the_outside_head_follows_every_commit",
        ),
        (
            "db.test_journal_tampering.test_without_the_outside_head_a_cut_tail_is_not_found",
            "db.test_journal_tampering.test_who_has_the_key_could_rewrite_all_but_what_was_noted_outside",
        ),
    ),
    "T15": Row(
        "append-only tables refuse UPDATE, DELETE, REPLACE and TRUNCATE",
        (
            "db.test_foundation.test_append_only_tables_refuse_change_and_removal",
            "db.test_grants.test_what_is_append_only_is_denied_before_any_guard_is_asked",
            "db.test_grants.test_a_whole_call_is_worked_under_the_desks_role",
        ),
        (
            "db.test_foundation.test_without_recursive_triggers_replace_would_slip_through",
            "db.test_grants.test_with_every_right_on_tables_only_the_guards_refuse",
        ),
    ),
    "T16": Row(
        "hostile text is shown as typed in lists, dialogs, messages and on the card",
        (
            "tui.test_hostile_text.test_hostile_clients_are_listed_as_typed",
            "tui.test_hostile_text.test_hostile_text_in_dialogs_and_messages_is_only_text",
            "tui.test_hostile_card.test_hostile_text_is_shown_letter_by_letter",
        ),
        ("tui.test_hostile_text.test_a_bare_string_in_a_static_would_be_caught",),
    ),
    "T17": Row(
        "no control sequence of anybody's data reaches a real terminal",
        ("tui.test_hostile_text.test_no_payload_reaches_a_real_terminal",),
        ("tui.test_hostile_text.test_without_the_filter_they_would",),
    ),
    "T18": Row(
        "no text that may hold data is given to a widget bare",
        ("tui.test_markup_lint.test_no_bare_text_reaches_a_widget",),
        ("tui.test_markup_lint.test_a_planted_one_is_found",),
    ),
    "T19": Row(
        "damaged and hostile mail, in a child of 512 MB and 5 s: read, or refused in words",
        (
            "trust.test_mail_fuzz.test_damaged_messages_are_read_or_refused_in_words",
            "trust.test_mail_fuzz.test_messages_made_to_harm_are_read_or_refused_in_words",
            "trust.test_mail_fuzz.test_a_message_cut_anywhere_is_read_or_refused_in_words",
            "trust.test_mail_fuzz.test_a_message_made_to_exhaust_its_reader_takes_little_time_and_memory",
            "trust.test_mail_fuzz.test_after_each_of_them_the_next_is_read",
            "trust.test_mail_fuzz.test_the_same_message_many_times_needs_no_more_memory",
            "rules.inbox.test_inbox_reading.test_of_a_child_that_dies_or_talks_nonsense",
            "rules.inbox.test_inbox_reading.test_a_child_that_hangs_is_ended",
            "rules.inbox.test_inbox_reading.test_the_words_outlive_a_child_that_dies_of_understanding_them",
            "rules.inbox.test_inbox_reading.test_memory_ends_what_needs_too_much",
            "rules.inbox.test_inbox_reading.test_processor_time_ends_a_child",
        ),
        (
            "trust.test_mail_fuzz.test_the_librarys_newer_reader_fails_on_the_same_messages",
            "trust.test_mail_fuzz.test_the_librarys_newer_reader_dies_of_a_subject_that_ours_reads",
        ),
    ),
    "T20": Row(
        "a bank file, damaged or made to harm, is taken with every grosz in its place or not at all",
        (
            "trust.test_bank_file_fuzz.test_a_damaged_statement_reconciles_or_is_refused",
            "trust.test_bank_file_fuzz.test_a_damaged_list_is_read_or_refused",
            "trust.test_bank_file_fuzz.test_a_file_cut_anywhere_is_never_taken_in_part",
            "trust.test_bank_file_fuzz.test_the_same_file_again_has_the_same_keys",
            "trust.test_bank_file_fuzz.test_a_bomb_is_refused_in_little_memory_and_soon",
            "db.test_bank_import.test_the_same_file_again_does_nothing_and_says_when_it_came",
            "db.test_bank_import.test_two_processes_with_the_same_file_book_it_once",
            "db.test_bank_import.test_two_processes_with_files_that_overlap_book_each_line_once",
            "db.test_bank_import.test_a_fault_in_the_last_rows_leaves_nothing",
            "cli.test_payment_commands.test_files_that_are_refused_book_nothing",
        ),
        (
            "trust.test_bank_file_fuzz.test_without_our_control_sum_damaged_statements_would_pass",
            "trust.test_bank_file_fuzz.test_a_reader_that_takes_everything_in_dies_of_a_bomb",
            "db.test_bank_import"
            ".test_without_the_look_before_the_keys_stop_it_and_without_the_keys_nothing_does",
        ),
    ),
    "T22": Row(
        "300 papers of hostile text: each comes out, sound, without links or actions, the same again",
        (
            "reports.test_hostile_documents.test_hostile_text_breaks_no_document_and_wakes_nothing",
            "reports.test_money_documents.test_a_document_is_sound_quiet_and_the_same_again",
            "reports.test_reading_confirmation.test_hostile_text_is_printed_as_typed_and_does_nothing",
        ),
        ("reports.test_reading_confirmation.test_the_search_for_active_content_finds_a_link",),
    ),
    "T23": Row(
        "20,000 names: safe inside their folder; no file written over, none left in part",
        (
            "reports.test_hostile_documents.test_every_text_gives_a_safe_file_name",
            "reports.test_files.test_every_name_stays_inside_the_folder",
            "reports.test_files.test_the_same_bytes_keep_their_file_and_others_get_a_number",
            "reports.test_printing.test_killed_in_the_middle_it_leaves_whole_files_and_goes_on",
        ),
        ("reports.test_hostile_documents.test_a_name_put_before_pdf_is_found_out",),
    ),
    "T24": Row(
        "1,000 line ends, NULs and headers typed into a mail: no header but our own",
        (
            "reports.test_mail_message.test_nothing_typed_becomes_a_header",
            "reports.test_mail_message.test_whatever_is_typed_the_headers_are_ours",
        ),
        (
            "reports.test_mail_message.test_a_builder_that_puts_headers_together_is_found_out",
            "reports.test_mail_message.test_the_last_look_finds_a_header_that_slipped_through",
        ),
    ),
    "T25": Row(
        "hashes cost what OWASP asks; unknown logins cost the same; wrong passwords wait longer and longer",
        (
            "db.test_sign_in.TestHashes.test_every_hash_costs_more_than_owasp_asks",
            "db.test_sign_in.TestHashes.test_nobodys_hash_costs_exactly_as_much_and_fits_nobody",
            "db.test_sign_in.test_a_hundred_tries_from_ten_processes_pass_no_more_than_five",
            "db.test_sign_in.test_at_most_ten_are_verified_in_a_minute",
        ),
        ("trust.test_controls.test_without_a_growing_wait_every_guess_is_looked_at",),
    ),
    "T26": Row(
        "every function behind a door lets in exactly the declared roles",
        (
            "trust.test_permissions.test_every_function_behind_a_door_is_declared",
            "trust.test_permissions.test_each_cell_of_the_table_is_enforced",
        ),
        (
            "trust.test_permissions.test_a_function_without_a_row_and_a_door_left_open_are_found",
            "trust.test_permissions.test_a_door_left_open_is_found_by_calling",
        ),
    ),
    "T27": Row(
        "no PESEL, phone, e-mail or password in log, crash report, standard error, state or papers",
        (
            "trust.test_leaks.test_nothing_of_anybody_is_left_outside_the_database",
            "cli.test_root.test_a_fault_is_one_line_and_its_traceback_is_logged_without_personal_data",
            "db.test_sign_in.test_no_password_reaches_the_database_in_clear",
        ),
        (
            "trust.test_leaks.test_textuals_own_crash_screen_would_tell",
            "trust.test_leaks.test_a_log_without_its_filter_would_tell",
        ),
    ),
    "T28": Row(
        "an unattended desk locks, shows nothing of its screen, and keeps what was typed",
        (
            "tui.test_sign_in.test_nobody_there_locks_the_screen_and_nothing_shows",
            "tui.test_sign_in.test_a_key_puts_the_lock_off",
        ),
        ("trust.test_controls.test_a_mere_dialog_over_the_card_would_let_it_be_read",),
    ),
    "T29": Row(
        "database, backup, key, token and log are their owner's alone, under umask 022 too",
        (
            "cli.test_database_commands.test_every_file_is_its_owners_alone",
            "tui.test_documents.test_the_file_is_the_owners_alone_and_its_path_is_copied",
        ),
        ("cli.test_database_commands.test_without_care_a_file_is_everybodys",),
    ),
    "T30": Row(
        "what was erased is in no file of the database and no backup of today; the books stand, the check "
        "holds",
        (
            "trust.test_erasure_bytes.test_what_was_erased_is_in_no_file_and_in_no_backup_of_today",
            "trust.test_erasure_bytes.test_the_name_stands_in_the_letter_alone",
            "db.test_erasure.test_what_may_go_is_gone_and_the_books_stand",
            "db.test_erasure.test_the_guards_let_pass_an_erasure_and_nothing_else",
        ),
        (
            "trust.test_erasure_bytes.test_without_secure_delete_and_scrubbing_the_bytes_stay",
            "db.test_erasure.test_what_was_emptied_without_an_entry_is_found",
        ),
    ),
    "T31": Row(
        "full disk, read-only file, lost server: a sentence, and the state is old or new",
        (
            "trust.test_faults.test_a_fault_at_any_statement_leaves_the_old_state",
            "trust.test_faults.test_a_lost_connection_at_any_statement_leaves_old_or_new",
            "trust.test_faults.test_a_full_disk_is_told_and_leaves_whole_operations",
            "trust.test_faults.test_files_that_may_not_grow_are_told_and_leave_whole_operations",
            "trust.test_faults.test_a_head_that_cannot_be_noted_does_not_unsay_what_was_saved",
            "trust.test_faults.test_a_file_or_folder_that_may_not_be_written_is_told",
            "trust.test_faults.test_whoever_waits_too_long_for_a_lock_is_told",
            "trust.test_faults.test_a_server_that_is_not_there_is_told",
        ),
        ("trust.test_faults.test_an_operation_that_commits_half_way_is_found_out",),
    ),
}

PROMISED = (
    "T1",
    "T3",
    "T9",
    "T10",
    "T11",
    *(f"T{n}" for n in (14, 15, 16, 17, 18, 19, 24, 25, 26, 27, 28, 29)),
)


def found(name: str) -> object:
    """Return what `package.module.function` or `package.module.Class.function` names."""
    parts = ["tests", *name.split(".")]
    modules = next(at for at, part in enumerate(parts) if part.startswith("test_")) + 1
    thing: object = importlib.import_module(".".join(parts[:modules]))
    for part in parts[modules:]:
        thing = getattr(thing, part)
    return thing


def test_every_promise_has_its_row() -> None:
    assert set(PROMISED) <= set(TABLE)


@pytest.mark.parametrize("promise", TABLE)
def test_the_tests_of_a_row_exist(promise: str) -> None:
    row = TABLE[promise]
    assert row.tests
    assert row.controls
    assert set(row.tests).isdisjoint(row.controls)
    for name in (*row.tests, *row.controls):
        function = found(name)
        assert callable(function), name
        assert name.rpartition(".")[2].startswith("test_"), name


def test_a_name_that_is_gone_is_found() -> None:
    """The control of this table."""
    with pytest.raises(AttributeError):
        found("db.test_foundation.test_that_nobody_wrote")
    with pytest.raises(ModuleNotFoundError):
        found("db.test_nothing.test_x")
