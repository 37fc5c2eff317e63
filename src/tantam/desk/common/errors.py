"""What an action refuses, by code and arguments; the sentence is made where it is shown."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "no_plan": _("No plan is in force yet. Enact one, then try again."),
    "not_allowed": _("You may not do this. Ask a service manager."),
    "being_called": _("%(name)s is calling them just now. Choose somebody else, or wait a few minutes."),
    "nobody_like": _("Nobody is found by “%(got)s”. Write a telephone number, a name, or a case's reference."),
    "not_theirs": _("%(name)s serves another house and sees only its cases. Choose somebody else."),
    "makes_no_administrator": _("Only an administrator makes or changes administrators. Ask one."),
    "last_administrator": _("Nobody else runs this desk. Make another administrator first."),
    "not_yourself": _("You cannot let yourself go. Another manager can."),
    "has_account": _("%(got)s has an account already. Look for it in the list."),
    "bad_hook": _("“%(got)s” is no address that we may post to. Write one that begins with https:// and lies outside."),
    "webhook_wants": _("Choose what it is told: everything, a kind of event, or codes of the reference."),
    "webhook_stopped": _("It is stopped. Start it first, then send."),
    "bad_push": _("This browser gave no address that we can push to. Try again, or choose mail."),
    "beyond_level": _("This case needs another level. Escalate it, or hand it over."),
    "has_owner": _("%(owner)s already has this case. To take it over, hand it to yourself."),
    "changed_meanwhile": _("The case changed while you were reading. Look at what is new, then try again."),
    "already_resolved": _("This case is already resolved. Reopen it first."),
    "not_resolved": _("This case is still open."),
    "is_merged": _("This case is joined to %(into)s. Do it there, or undo the joining first."),
    "not_merged": _("This case is joined to no other."),
    "merge_itself": _("These are one and the same case already."),
    "merge_into_resolved": _("%(into)s is resolved. Reopen it first, or join it to this one instead."),
    "merge_other_customer": _(
        "%(into)s belongs to another customer, %(name)s. Each of them would read what you answer. Confirm it if you "
        "are sure."
    ),
    "part_nothing": _("Choose the messages that belong to a case of their own."),
    "part_everything": _("These are all messages of the case. Leave at least one here."),
    "part_undone": _("These messages went back already."),
    "unknown_case": _("There is no case “%(got)s”. Write its reference, like AB3C-DE4F."),
    "tray_seen_to": _("Somebody saw to this already. Look at the tray anew."),
    "not_spam": _("Nobody calls this case spam any more."),
    "tray_illegible": _("Nobody can tell what this says. Save it as it came and look, or throw it away."),
    "unknown_colleague": _("There is no such colleague."),
    "too_many": _("There are %(most)s already. Take one away first."),
    "not_ahead": _("Choose a time after now and within a year."),
    "provider_stopped": _("They are stopped by the plan and take nothing new. Choose somebody else, or ask a manager."),
    "errand_open": _("This case is with a provider already. Take it back first."),
    "reviewed_already": _("This conversation was reviewed already."),
    "own_conversation": _(
        "You may not review this: it was your own conversation, or you looked at it before. Leave it to somebody else."
    ),
    "marks_missing": _("Say of every line of the form whether it was there, was missing, or could not be seen."),
    "no_errand": _("This case was not handed to a provider, or it is back already."),
    "owed_soon": _("Something here is overdue or due within the hour, so it stays in view. See to it first."),
    "not_asleep": _("This case is awake."),
    "pin_settled": _("This is settled already."),
    "not_open": _("This case is closed; what was promised in it stays as it was."),
    "no_level_above": _("There is no level above this one."),
    "no_level_below": _("There is no level below this one."),
    "unknown_reason": _("Choose one of the reasons."),
    "unknown_severity": _("The plan has no such severity."),
    "nobody_was_away": _("Nobody had this case before an absence. Hand it over instead."),
    "still_away": _("%(owner)s is still away."),
    "unknown_topic": _("The plan has nothing of this kind that can be asked for. Choose from the list."),
    "unknown_level": _("The plan has no such level."),
    "says_nothing": _("Write something first."),
    "too_many_views": _("You have %(most)s views already. Remove one that you no longer use."),
    "not_tagged": _("This case has no tag “%(name)s”."),
    "nobody_chosen": _("No case is chosen. Tick some in the list first."),
    "too_many_chosen": _("At most %(most)s cases at once. Narrow the filter, or choose fewer."),
    "no_such_macro": _("There is no such ready text. Choose one from the list."),
    "not_undoable": _("This can no longer be taken back: the case changed since."),
    "too_long": _("This is longer than %(most)s characters. Shorten it."),
    "decided_anew": _("It was decided anew meanwhile. Read what it says now."),
    "choice_over": _(
        "It is being carried out already, or no longer on offer, so nothing else can be chosen. Write to us."
    ),
    "said_already": _("You said something else to this already. Take that back first."),
    "acted_on": _("Somebody acted on it already, so it cannot be taken back. Write to us instead."),
    "link_over": _("This link was used already, or is older than half an hour. Ask for a new one."),
    "not_asked": _("Nothing is asked about this."),
    "bad_score": _("Choose a score from %(low)s to %(high)s."),
    "rating_over": _("This can no longer be changed. Write to us if there is more to say."),
    "claimed_already": _(
        "This is asked for on this case already. See the answer there; what is known better now is checked there."
    ),
    "claim_closed": _("This claim is already decided."),
    "not_yet": _("This day lies ahead. Write the day on which it was handed over."),
    "before_order": _("This day lies before the order. Look at the day once more."),
    "bought_by_another": _("Another customer bought this. Look at the number, or join the two customers first."),
    "purchase_known": _("The case is about another purchase already. Open a case of its own for this one."),
    "no_product": _("Choose a product and a policy of the plan."),
    "no_batch": _("Say which things it is about: serial numbers, or the days on which they were handed over."),
    "too_many_serials": _("These are more than %(most)s serial numbers. Name them as several batches."),
    "meets_nobody": _("Nobody bought one of these. Look at the numbers, or at the days."),
    "not_turned": _("Nothing new is known that would change this. It stands as it is; there is nothing to do."),
    "on_record": _("This is on record. Only what was told can be checked."),
    "nothing_to_grant": _("The policy grants nothing here."),
    "not_owed": _("Nothing of this is owed any more: it was paid, or taken back."),
    "four_eyes": _("You granted this yourself, and it is more than one person decides alone. A colleague pays it."),
    "bad_amount": _("Write an amount in %(currency)s, not below zero."),
    "needs_reason": _("Say why: the customer and your colleagues will read it."),
    "asks_why": _("Say why, for the colleague who reads it."),
    "not_beyond": _("This is within your own authority. Grant it."),
    "nobody_may": _("The plan lets nobody grant this much. The plan's owner can change that."),
    "asked_already": _("This was asked already. Look at the request, or withdraw it first."),
    "approval_decided": _("%(who)s has already decided this."),
    "approval_ended": _("This request has run out or was withdrawn. Nothing is left to decide."),
    "own_approval": _("You asked for this yourself. A colleague decides it."),
    "beyond_you": _("Your level may not grant this much either. Leave it to the level it was sent to."),
    "not_less": _("Name less than what was asked for, or approve it as it is."),
    "unclear_answer": _("We did not understand your answer. Begin it with OK or with no, or open the page below."),
    "no_contact": _("Give us a mail address or a telephone number, so that we can answer."),
    "customer_merged": _("%(name)s is one with another customer by now. Do it there, or take the merging back first."),
    "request_ended": _("This request was answered already."),
    "request_no_longer": _("It cannot take longer: the plan lets it no further, or its day is over. Answer it now."),
    "request_not_proven": _("Nobody has made sure yet that it is them who ask. Note how you know it first."),
    "erase_our_own": _("Only customers can be erased, none of our own."),
    "erase_open_cases": _("Something of theirs is still under way. Settle these cases first, then erase."),
    "merge_same_customer": _("These are one and the same customer already."),
    "merge_not_alike": _("Only two persons or two organisations can be one, and none of our own."),
    "merge_undone": _("This merging was taken back already. Both are customers of their own again."),
    "customer_changed": _(
        "Somebody changed this customer while you were reading. See what they wrote, then keep yours again."
    ),
    "not_agreed": _("The customer did not agree to such letters. Ask them first."),
    "line_shut": _(
        "%(network)s takes an answer only within %(hours)s hours of the customer's last words, and no mail address is "
        "known. Call them, or write down a mail address first."
    ),
    "comment_only": _(
        "%(network)s lets us write to them once in private for each comment, within %(hours)s hours of it, and no mail "
        "address is known. Answer in public, and ask them to send us a message."
    ),
    "wording_gone": _("The network does not take this text any more. Choose another one."),
    "wording_no_way": _("No network carries an approved text to this customer. Call them, or write by mail."),
    "wording_no_number": _(
        "%(network)s brings approved texts to telephone numbers, and none is known. Write theirs down with the "
        "customer."
    ),
    "wording_not_agreed": _(
        "The customer did not agree to be written to there (%(purpose)s). Ask them another way, and note what they say."
    ),
    "wording_place_empty": _("Something is missing in the text: fill in “%(place)s”."),
    "wording_place_long": _("“%(place)s” takes at most %(most)s characters. Write less there."),
    "no_comment": _("No comment of theirs stands there any more. Write to them in private."),
    "in_public": _(
        "Everybody reads this, and it holds %(what)s. Write that in private instead, or post it all the same."
    ),
    "chat_closed": _("Nobody answers chats just now. Write to us by the form; we answer there as promised."),
    "chat_not_agreed": _("Please agree that we keep what you write; without it we cannot answer here."),
    "chat_over": _("This chat does not go on any more. Answer on the case: it goes by mail."),
    "chat_busy": _("You are shown as busy. Say that you are here first, then take the chat."),
    "chats_full_there": _("%(name)s has %(most)s chats already, as many as they take. Choose somebody else."),
    "chats_full": _("You have %(most)s chats already, as many as you take at once. Finish one first."),
    "no_name": _("Write a name."),
    "bad_mail": _("“%(got)s” is no mail address. Write one such as hoa@example.org."),
    "bad_phone": _("“%(got)s” is no telephone number. Write one such as 0903 123 412 or +49 30 123456."),
    "bad_handle": _("“%(got)s” is no name there. Write it without spaces, or the telephone number."),
    "has_contact": _("This customer is reached there already."),
    "contact_gone": _("This contact was removed meanwhile."),
    "unknown_value": _("“%(got)s” cannot be chosen here. Choose one from the list."),
    "bad_year": _("“%(got)s” is no year of birth. Write a year between 1900 and this one, or leave it empty."),
    "no_organisation": _("There is no such organisation. Search for it by name, or add it as a customer first."),
    "already_member": _("They belong to this organisation already."),
    "bad_day": _("“%(got)s” is no day of the calendar. Write year, month and day, such as 2027-02-28."),
    "bad_count": _("“%(got)s” is no number that fits here. Write a whole number from 0 to %(most)s."),
    "bad_within": _("“%(got)s” is no time to promise. Write it as the plan does: 30 min, 4 h, 2 working days."),
    "unknown_promise": _("The plan knows no promise “%(got)s”. Choose one from the list."),
    "unknown_product": _("There is no product with the article number “%(got)s”. Look at how it is written."),
    "promised_twice": _("This is promised in another line already. Leave one of the two."),
    "bad_serial": _("“%(got)s” is no serial number. Write the letters and digits that stand on the thing."),
    "serial_taken": _("%(got)s is the serial number of a thing of another purchase. Look for it among the customers."),
    "no_such_delivery": _("This customer has no such delivery. Choose one from the list."),
    "delivery_ended": _("This delivery has arrived or was called off. Nothing more is changed on it."),
    "delivery_known": _("This purchase has a delivery of this number already. Move it, or write another number."),
    "delivery_number": _("The delivery's number has more than %(most)s characters. Shorten it."),
    "day_is_past": _("%(day)s is over. Choose today or a later day."),
    "day_to_come": _("%(day)s is still to come. Choose today or an earlier day."),
    "no_such_purchase": _("This customer has no such purchase. Choose one from the list."),
    "no_contract_number": _("Write the contract's number, with at most %(most)s characters."),
    "contract_known": _("Another contract has this number already. Give this one a number of its own."),
    "contract_without_end": _("What has no end goes on anyway. Write its last day, or leave this empty."),
    "contract_changed": _("Somebody changed this contract meanwhile. Look at what is new, then keep yours."),
    "contract_over": _("Contract %(number)s is over. Write down a new one instead."),
    "notice_given": _("Notice was given already. The page says until when the contract lasts."),
    "no_notice": _("Nobody gave notice of it, so it goes on as it is."),
    "ends_anyway": _("It ends on its last day without notice, for it does not go on by itself."),
    "no_place": _("Write the street and house, or how to find the place."),
    "absence_backwards": _("The absence ends before it begins. Let it end later."),
    "absence_past": _("The absence lies in the past. Give a day from today on."),
    "absence_too_long": _("An absence lasts at most %(days)s days. Enter a shorter one."),
    "absence_overlaps": _("%(name)s is already away from %(since)s to %(until)s. Change the days, or cancel that one."),
    "absence_over": _("This absence is over or was cancelled already."),
    "deputy_self": _("Nobody stands in for themselves. Choose somebody else."),
    "deputy_loop": _("These would stand in for each other: %(path)s. Choose somebody who is there."),
    "not_a_day": _("“%(got)s” is no day between 1970 and 2199. Write it like 2026-03-31."),
    "backwards": _("%(got)s lies before %(since)s. Let the stretch end after it begins."),
    "directive_untitled": _("Give the directive a title: everybody whom it binds reads it."),
    "directive_without_reason": _("Say why: everybody whom it binds reads it."),
    "directive_says_nothing": _("Write what counts otherwise, like a plan: hours, a row of a table, a text."),
    "directive_names_files": _("A directive lies over the plan in force. Leave out “overlay” and “include”."),
    "directive_over": _("It would end before it begins. Choose a later end."),
    "directive_too_long": _("A directive counts for at most %(most)s days. What is to last belongs into the plan."),
    "directive_binds_nobody": _("The plan in force has no such level or team. Choose from the list."),
    "directive_changes_nothing": _("The plan says this already. A directive is needed only for what counts otherwise."),
    "plan_changed_meanwhile": _("The plan changed while this was checked. Look at what is new, then try again."),
    "loss_unsaid": _("Say yes to what customers lose by it, or keep the better promise."),
    "draft_untitled": _("Give the draft a title, so that you find it again."),
    "draft_empty": _("Choose a file, or paste the plan's text."),
    "draft_too_large": _("This is more than %(most)s kB. A plan is smaller: leave out what is no part of it."),
    "draft_not_a_plan": _("%(name)s is no plan. Bring a .yaml file, or the plan's folder as a .zip."),
    "draft_no_zip": _("%(name)s is called ZIP but is none. Pack the folder again."),
    "draft_broken_zip": _("This ZIP cannot be opened: it is damaged or has a password. Pack the folder again."),
    "draft_path_outside": _("This ZIP names files outside its own folder. Pack the plan's folder alone."),
    "draft_many_folders": _(
        "This ZIP holds several plans. Pack one plan's folder alone, or with the folders that it names under overlay."
    ),
    "draft_without_base": _(
        "%(name)s is laid over “%(base)s”, which is not here. Pack both folders, side by side, into one ZIP."
    ),
    "import_begun": _("This file is being taken in already. Stop it first, or bring it again."),
    "import_over": _("This import is over. Bring the file again to take it in once more: what is the same stays."),
    "import_file_gone": _("The file was thrown away after a month. Bring it again."),
    "import_unmapped": _("Say first which columns are what: %(names)s"),
    "import_dates": _("Say first what stands first in its days, the day or the month."),
    "unknown_source": _("There is no such history. Choose one from the list."),
    "history_damaged": _(
        "The imported history “%(source)s” is damaged and left out of every figure. Import it again: "
        "tantam import history."
    ),
    "histories_damaged": _(
        "The list of what was written, history/manifest.json, cannot be read. Figures of this desk come from its "
        "database; imported histories are left out. Move the folder “history” away and import them again."
    ),
    "not_a_time": _("“%(got)s” names no time that is still to come. Write it like “tomorrow 10:00”."),
    "promise_ended": _("This promise has ended already. Make a new one."),
    "not_by_hand": _("The plan made this promise, and it is kept by what the plan says. Nobody moves it by hand."),
    "ends_before": _("It would end before it begins. Let it end later."),
    "too_far": _("That is more than two years ahead. Promise what can be kept in mind."),
    "no_limit": _("The plan does not say of this case that we do not do it."),
    "unknown_limit": _("The plan has no such limit."),
    "nothing_owed": _("The plan does not say that this department owes it."),
    "no_procedure": _("No procedure is under way on this case. Choose one first."),
    "unknown_procedure": _("The plan in force has no such procedure. Choose one from the list."),
    "step_gone": _("This step was done meanwhile. Look at where the case stands now."),
    "which_branch": _("It is not known yet how this goes on. Answer what is asked, or choose the branch yourself."),
    "unreadable_answer": _("This cannot be read as it is written: %(why)s"),
    "skip_needs_why": _("Say why this step is left out: the review reads it."),
    "token_scopes": _("Choose what the token may do."),
    "too_many_secrets": _("%(most)s secrets sign already. Wait until the oldest ends, a day after it was replaced."),
    "too_often": _("That was too often in a short time. Please try again in %(minutes)s minutes."),
    "file_empty": _("“%(name)s” is empty. Choose the file again."),
    "file_too_large": _("“%(name)s” is larger than %(most)s MB. Send a smaller copy, or a link to it."),
    "file_type": _("“%(name)s” is a program, and programs are not taken. Send a document or a picture of it."),
    "mail_encrypted": _("“%(name)s” is encrypted and cannot be read here. Its words are needed unencrypted."),
    "files_too_large": _("Together these files are larger than %(most)s MB. Send them with several messages."),
    "files_late": _("Files come within an hour of what they belong to. Write again on the private page, and add them."),
    "files_too_many": _("These are more than %(most)s files. Send them with several messages."),
    "file_broken_off": _("The upload broke off. Your words are kept; choose the files again."),
    "customer_wrote": _("The customer wrote before your reply went out. Read it, then send again."),
    "already_out": _("It has gone out already. Write to the customer again if something is to be put right."),
    "not_yours_to_take_back": _("%(person)s sent this, and takes it back alone."),
    "assistant_stopped": _(
        "The plan has stopped this AI provider: it writes, opens and grants nothing. Hand over to a person."
    ),
    "assistant_gone": _("The plan in force names no such AI provider any more. Ask a service manager."),
    "not_a_program": _("“%(got)s” is no AI provider of the plan in force. Choose one from the list."),
    "needs_proof": _(
        "Only the customer's own words go in here. Ask them for the private link of their case, and give that as the "
        "case."
    ),
    "not_in_scope": _("This case is not in your scope. Hand it over to a person."),
    "needs_person": _("The plan wants a person to decide this. Write a draft, or hand the case over."),
    "draft_decided": _("Somebody has seen to this draft already. Look at the case anew."),
    "draft_gone": _("This draft is no longer here: it was sent, or somebody put it away."),
    "macro_choose": _("Choose a text first."),
    "macro_unnamed": _("Give the text a name, so that you find it again."),
    "macro_empty": _("Write the text in one language at least, or choose what it does."),
    "macro_place": _("“{%(got)s}” is no place that can be filled in. Did you mean {%(near)s}?"),
    "macro_place_unknown": _("“{%(got)s}” is no place that can be filled in. These are: %(allowed)s."),
    "macro_brace": _(
        "A { stands alone in the %(language)s text. Write a place such as {name}, or {{ for the sign itself."
    ),
    "macro_step": _("“%(got)s” cannot be done here. Choose from the list."),
    "macro_lacks": _("Nobody knows what stands for %(places)s in this case. Answer it by itself."),
    "no_enquiry": _("Nobody asks here before buying. Quote on a case of the stage before the sale."),
    "enquiry_won": _("They bought already. Open a new case for what they ask next."),
    "quote_empty": _("Write one line at least, and at most %(most)s: what, how many, and the price of one."),
    "quote_line": _("Line %(number)s: say what it is, how many (1 to %(most)s), and the price of one, not below zero."),
    "two_currencies": _("A quote is in one currency. Make a quote for each."),
    "quote_over": _("This quote no longer stands: it has run out, was answered, or a newer one took its place."),
    "not_their_purchase": _("%(got)s belongs to another customer. Look at the number again."),
    "no_product_quoted": _(
        "There is no purchase %(got)s, and no quote with a product that it could be made of. Look at the number again, "
        "or leave it empty and link the purchase later."
    ),
    "macro_not_yours": _("This text is %(owner)s’s own. Make a copy to change it."),
}


class Refused(Exception):
    """An action that was not done, and left nothing behind.

    code: one of SENTENCES. arguments: what its sentence names; codes and numbers, never sentences.
    """

    def __init__(self, code: str, **arguments: Any) -> None:
        self.code, self.arguments = code, arguments
        super().__init__(code)

    def sentence(self) -> str:
        """Return what was refused and what to do next, in the active language."""
        return str(SENTENCES[self.code]) % self.arguments
