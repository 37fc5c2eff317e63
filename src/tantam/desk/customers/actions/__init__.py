"""What is done to customers."""

from tantam.desk.customers.actions.add_contact import add_contact
from tantam.desk.customers.actions.add_place import add_place
from tantam.desk.customers.actions.add_unit import add_unit
from tantam.desk.customers.actions.agree_contract import agree_contract
from tantam.desk.customers.actions.change import change
from tantam.desk.customers.actions.change_contract import change_contract
from tantam.desk.customers.actions.correct_purchase import correct_purchase
from tantam.desk.customers.actions.create import create
from tantam.desk.customers.actions.end_contract import end_contract
from tantam.desk.customers.actions.give_consent import give_consent
from tantam.desk.customers.actions.give_notice import give_notice
from tantam.desk.customers.actions.join_organisation import join_organisation
from tantam.desk.customers.actions.keep_contract import keep_contract
from tantam.desk.customers.actions.learn_name import learn_name
from tantam.desk.customers.actions.leave_mail import leave_mail
from tantam.desk.customers.actions.leave_organisation import leave_organisation
from tantam.desk.customers.actions.let_see_cases import let_see_cases
from tantam.desk.customers.actions.meet import meet
from tantam.desk.customers.actions.prefer_contact import prefer_contact
from tantam.desk.customers.actions.prove_contact import prove_contact
from tantam.desk.customers.actions.reach_again import reach_again
from tantam.desk.customers.actions.remove_contact import remove_contact
from tantam.desk.customers.actions.remove_place import remove_place
from tantam.desk.customers.actions.remove_unit import remove_unit
from tantam.desk.customers.actions.renew_contract import renew_contract
from tantam.desk.customers.actions.verify_contact import verify_contact
from tantam.desk.customers.actions.welcome import welcome
from tantam.desk.customers.actions.welcome_by_handle import welcome_by_handle
from tantam.desk.customers.actions.withdraw_consent import withdraw_consent

__all__ = [
    "add_contact",
    "add_place",
    "add_unit",
    "agree_contract",
    "change",
    "change_contract",
    "correct_purchase",
    "create",
    "end_contract",
    "give_consent",
    "give_notice",
    "join_organisation",
    "keep_contract",
    "learn_name",
    "leave_mail",
    "leave_organisation",
    "let_see_cases",
    "meet",
    "prefer_contact",
    "prove_contact",
    "reach_again",
    "remove_contact",
    "remove_place",
    "remove_unit",
    "renew_contract",
    "verify_contact",
    "welcome",
    "welcome_by_handle",
    "withdraw_consent",
]
