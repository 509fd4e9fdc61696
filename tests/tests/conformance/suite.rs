//! The list of all behaviours, and the macro that makes tests of them for one engine.

/// `suite!(name, factory)`: a module `name` with one test for each behaviour, each on a store of
/// its own, made by the expression `factory`.
macro_rules! suite {
    ($engine:ident, $factory:expr) => {
        mod $engine {
            $crate::suite::tests! { $factory;
                writes::offsets_are_contiguous_from_one,
                writes::messages_are_numbered_and_other_changes_are_not,
                writes::logs_count_apart,
                writes::a_changed_record_keeps_its_number_and_first_time,
                writes::times_never_go_back,
                writes::writers_at_once_get_contiguous_offsets_in_one_order,
                writes::an_entry_says_all_of_its_change,
                writes::a_record_of_an_unknown_kind_is_kept_whole,
                repeats::a_repeat_gets_the_original_answer,
                repeats::repeats_at_once_write_one_message,
                repeats::a_repeat_is_known_after_reopening,
                repeats::a_repeat_is_known_after_its_message_was_trimmed,
                repeats::a_repeat_of_another_change_gets_the_original_answer_too,
                repeats::the_same_id_by_another_author_is_another_command,
                repeats::the_same_id_in_another_log_is_another_command,
                repeats::a_thousand_commands_are_remembered_and_no_more,
                repeats::a_repeat_is_answered_before_the_role_is_asked,
                checks::a_write_without_the_needed_role_is_forbidden,
                checks::a_higher_role_suffices,
                checks::a_role_taken_away_is_gone_at_once,
                checks::a_role_counts_in_its_log_only,
                checks::a_forbidden_write_writes_nothing_and_is_not_remembered,
                checks::a_change_from_another_rev_is_a_conflict,
                checks::what_must_be_absent_must_be_absent,
                checks::a_message_is_not_made_by_key,
                checks::one_of_many_changers_at_once_wins,
                trimming::exactly_as_many_messages_are_kept_as_asked,
                trimming::what_was_trimmed_is_nowhere,
                trimming::a_higher_keep_brings_nothing_back,
                trimming::any_write_trims,
                trimming::a_trimmed_message_is_not_brought_back_by_an_edit,
                trimming::other_records_are_not_trimmed,
                changes::without_a_position_the_newest_page_comes,
                changes::an_empty_log_is_at_the_beginning,
                changes::the_beginning_holds_on_every_log,
                changes::only_what_changed_since_comes,
                changes::what_changed_often_comes_once,
                changes::at_most_a_hundred_records_come_at_once,
                changes::at_most_256_kib_come_at_once,
                changes::pages_complete_the_log,
                changes::more_than_five_hundred_changes_start_afresh,
                changes::five_hundred_changes_do_not_start_afresh,
                changes::the_newest_page_has_no_members_and_all_else,
                changes::the_newest_page_is_bounded_in_bytes,
                changes::a_position_of_an_unknown_epoch_is_forked,
                changes::a_position_beyond_the_top_is_forked,
                history::the_newest_messages_come_oldest_first,
                history::paging_back_reaches_the_first_kept,
                history::a_page_has_at_most_a_hundred_and_256_kib,
                history::an_empty_log_has_an_empty_page,
                records::a_record_is_found_by_its_key,
                records::records_are_found_by_prefix,
                records::a_person_has_a_log_as_well,
                following::entries_of_a_followed_log_are_announced_in_order,
                following::other_logs_are_not_announced,
                following::following_twice_announces_once,
                following::nothing_is_announced_after_unfollowing,
                following::only_what_was_written_is_announced,
                following::many_writers_are_announced_in_order,
                persistence::everything_is_there_after_reopening,
                persistence::offsets_and_numbers_go_on_after_reopening,
                persistence::a_position_holds_after_reopening,
                persistence::an_empty_log_stays_at_the_beginning,
                persistence::many_reopenings_keep_catch_up_whole,
                directory::an_account_is_found_by_its_session,
                directory::an_unknown_session_is_nobody,
                directory::an_ended_session_is_nobody,
                directory::a_name_of_the_same_skeleton_is_taken,
                directory::one_of_many_takers_at_once_gets_the_name,
                directory::a_name_is_held_after_its_session_ended,
                directory::accounts_and_rooms_are_there_after_reopening,
                directory::a_room_is_found_by_id_and_name,
                directory::making_a_room_again_is_done_already,
                directory::a_room_name_of_the_same_skeleton_is_taken,
                directory::rooms_are_listed_by_id_in_pages_of_fifty,
                directory::free_names_are_told,
                renaming::a_new_name_shows_in_every_session,
                renaming::the_old_name_is_free_at_once_and_the_new_one_held,
                renaming::a_name_that_is_taken_is_not_given,
                renaming::a_name_is_spelt_anew_and_renamed_again,
                renaming::an_ended_session_renames_nobody,
                renaming::one_of_many_renamers_at_once_gets_the_name,
                renaming::one_person_s_renamings_at_once_leave_one_name,
                renaming::a_crash_loses_no_name_and_leaves_none_held_twice,
                presence::who_was_renewed_is_online,
                presence::each_renewal_replaces_the_one_before,
                agreement::random_writes_and_reads_come_out_as_in_the_pure_log,
            }
        }
    };
}

/// The tests of one engine: see [`suite`].
macro_rules! tests {
    ($factory:expr; $( $module:ident :: $behaviour:ident ),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $behaviour() {
                let factory = $factory;
                $crate::$module::$behaviour(&factory).await;
            }
        )*
    };
}

pub(crate) use {suite, tests};
