"""Speaks to a node with Debian's mailmanclient, as Postorius does: every call that the client has, with what must come of it.

Usage: python3 mailmanclient_calls.py http://127.0.0.1:8080/3.1 USER PASSWORD
"""

import sys
import time
import unittest
from urllib.error import HTTPError

from mailmanclient import Client
from mailmanclient.client import MailingList

BASE, USER, PASSWORD = sys.argv[1:4]
KNOWN = dict(pre_verified=True, pre_confirmed=True, pre_approved=True)


def soon(condition, seconds=60):
    """Waits until the condition holds, and says whether it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return False


class ClientCase(unittest.TestCase):
    """Each test has a domain of its own, named after itself, which goes in the end."""

    def setUp(self):
        self.client = Client(BASE, USER, PASSWORD)
        self.host = self.id().split('.')[-1].replace('_', '-').lower() + '.example.com'
        self.domain = self.client.create_domain(self.host)
        self.people = []

    def tearDown(self):
        self.domain.delete()
        for user in self.client.find_users('@' + self.host):
            user.delete()

    def address(self, local):
        return local + '@' + self.host

    def refused(self, status, call, *arguments, **named):
        with self.assertRaises(HTTPError) as caught:
            call(*arguments, **named)
        self.assertEqual(status, caught.exception.code)
        return caught.exception.msg


class Site(ClientCase):

    def test_system(self):
        system = self.client.system
        self.assertTrue(system['mailman_version'].startswith('GNU Mailman'))
        self.assertEqual('3.1', system['api_version'])
        self.assertEqual('regular', self.client.preferences['delivery_mode'])
        self.assertIs(True, self.client.preferences['hide_address'])
        self.assertIn('default-posting-pipeline', self.client.pipelines['pipelines'])
        self.assertIn('default-posting-chain', self.client.chains['chains'])
        configuration = self.client.configuration
        self.assertIn('mailman', configuration)
        self.assertTrue(dict(configuration['mailman']))
        styles = self.client.styles
        self.assertIn(styles['default'], [style['name'] for style in styles['styles']])

    def test_hooks(self):
        seen = []

        def note(params):
            seen.append(params['url'])
            return params

        self.client.add_hooks([note])
        self.client.domains
        self.assertEqual([BASE + '/domains'], seen)

    def test_domains(self):
        other = 'other-' + self.host
        made = self.client.create_domain(other, description='Another', owner=self.address('own'),
                                         alias_domain='alias-' + self.host)
        self.assertEqual(other, made.mail_host)
        self.assertEqual('Another', made.description)
        self.assertEqual('alias-' + self.host, self.client.get_domain(other).alias_domain)
        self.assertIn(other, [domain.mail_host for domain in self.client.domains])
        self.assertEqual(1, len(made.owners))
        made.add_owner(self.address('second'))
        self.assertEqual(2, len(made.owners))
        made.remove_all_owners()
        self.assertEqual([], made.owners)
        self.client.delete_domain(other)
        self.refused(404, self.client.get_domain, other)
        self.refused(400, self.client.create_domain, self.host)

    def test_bans(self):
        banned = self.client.bans.add(self.address('spam'))
        self.assertEqual(self.address('spam'), str(banned))
        pattern = '^spam?.*@' + self.host.replace('.', '[.]')
        self.client.bans.add(pattern)
        self.assertIn(pattern, self.client.bans)
        self.assertIn(self.address('spam'), [ban.email for ban in self.client.bans])
        self.assertGreaterEqual(self.client.get_bans_page(count=1, page=1).total_size, 2)
        self.assertEqual(1, len(self.client.get_bans_page(count=1, page=1)))
        mlist = self.domain.create_list('ant')
        self.assertIn('banned', self.refused(400, mlist.subscribe, self.address('spammmer'), **KNOWN))
        banned.delete()
        self.assertNotIn(self.address('spam'), self.client.bans)
        self.client.bans.remove(pattern)
        self.assertNotIn(pattern, self.client.bans)

    def test_templates(self):
        name = 'list:user:notice:welcome'
        self.client.set_template(name, 'mailman:///welcome-site.txt')
        self.assertIn(name, [template.name for template in self.client.templates])
        self.assertGreaterEqual(self.client.get_templates_page(count=1, page=1).total_size, 1)
        self.domain.set_template(name, 'mailman:///welcome-domain.txt')
        self.assertEqual(['mailman:///welcome-domain.txt'], [template.uri for template in self.domain.templates])
        mlist = self.domain.create_list('ant')
        mlist.set_template(name, 'mailman:///welcome.txt', username='reader', password='secret')
        template = mlist.templates[0]
        self.assertEqual((name, 'mailman:///welcome.txt'), (template.name, template.uri))
        template.uri = 'mailman:///other.txt'
        template.save()
        self.assertEqual('mailman:///other.txt', mlist.templates[0].uri)
        mlist.templates[0].delete()
        self.assertEqual(0, len(mlist.templates))
        self.client.set_template(name, '')
        self.assertNotIn(name, [template.name for template in self.client.templates])


class Lists(ClientCase):

    def test_lists(self):
        ant = self.domain.create_list('ant')
        self.domain.create_list('bee', style_name='legacy-announce')
        self.assertEqual(self.address('ant'), ant.fqdn_listname)
        self.assertEqual(('Ant', 'ant', self.host, 0), (ant.display_name, ant.list_name, ant.mail_host, ant.member_count))
        ours = [self.address('ant'), self.address('bee')]
        self.assertEqual(ours, [mlist.fqdn_listname for mlist in self.domain.lists])
        self.assertLessEqual(set(ours), {mlist.fqdn_listname for mlist in self.client.lists})
        self.assertEqual(ours, [mlist.fqdn_listname for mlist in self.client.get_list_page(mail_host=self.host)])
        settings = ant.settings
        settings['advertised'] = False
        settings.save()
        self.assertEqual(ours[1:], [mlist.fqdn_listname for mlist in self.domain.get_lists(advertised=True)])
        self.assertEqual(ours[1:], [mlist.fqdn_listname for mlist in self.domain.get_list_page(advertised=True)])
        self.assertNotIn(ours[0], [mlist.fqdn_listname for mlist in self.client.get_lists(advertised=True)])
        self.assertEqual('ant.' + self.host, self.client.get_list('ant.' + self.host).list_id)
        self.refused(400, self.domain.create_list, 'ant')
        ant.delete()
        self.client.delete_list(self.address('bee'))
        self.assertEqual([], self.domain.lists)
        self.refused(404, self.client.get_list, self.address('ant'))

    def test_pages(self):
        for name in ('ant', 'bee', 'cat'):
            self.domain.create_list(name)
        page = self.domain.get_list_page(count=2, page=1)
        self.assertEqual((1, 2, 3, True, False), (page.nr, len(page), page.total_size, page.has_next, page.has_previous))
        page = page.next
        self.assertEqual(['cat'], [mlist.list_name for mlist in page])
        self.assertFalse(page.has_next)
        self.assertEqual(2, len(page.previous))

    def test_settings(self):
        mlist = self.domain.create_list('ant')
        settings = mlist.settings
        self.assertGreater(len(settings), 90)
        settings['description'] = 'All about ants, très bien'
        settings['acceptable_aliases'] = ['aunt@example.com', '^uncle.*']
        settings['max_message_size'] = 100
        settings.save()
        again = self.client.get_list(mlist.fqdn_listname).settings
        self.assertEqual('All about ants, très bien', again['description'])
        self.assertEqual(['aunt@example.com', '^uncle.*'], again['acceptable_aliases'])
        self.assertEqual(100, again['max_message_size'])
        self.assertEqual('none', again.get('no such setting', 'none'))
        again['subscription_policy'] = 'by pigeon'
        self.refused(400, again.save)

    def test_archivers(self):
        archivers = self.domain.create_list('ant').archivers
        for name in archivers.keys():
            self.assertIsInstance(archivers[name], bool)
            archivers[name] = not archivers[name]

    def test_list_bans(self):
        mlist = self.domain.create_list('ant')
        mlist.bans.add('^spam@.*')
        self.assertIn('^spam@.*', mlist.bans)
        self.assertEqual(1, mlist.get_bans_page().total_size)
        self.assertEqual(mlist.list_id, mlist.bans[0].list_id)
        self.refused(400, mlist.subscribe, 'spam@example.com', **KNOWN)
        mlist.bans.remove('^spam@.*')
        self.assertEqual([], list(mlist.bans))

    def test_header_matches(self):
        matches = self.domain.create_list('ant').header_matches
        matches.add('Subject', '^test', 'discard', 'mine')
        matches.add('X-Spam', 'yes')
        self.assertEqual(['subject', 'x-spam'], [match.header for match in matches])
        self.assertEqual(['^test'], [match.pattern for match in matches.find(tag='mine')])
        self.assertEqual([], matches.find(header='from'))
        first = matches[0]
        first.action = 'hold'
        first.save()
        self.assertEqual('hold', matches.find(header='subject')[0].action)
        del matches[0]
        matches[0].delete()
        self.assertEqual(0, len(self.client.get_list(self.address('ant')).header_matches))


class Members(ClientCase):

    def setUp(self):
        super().setUp()
        self.ant = self.domain.create_list('ant')

    def subscribe(self, *locals_):
        for local in locals_:
            self.ant.subscribe(self.address(local), local.capitalize(), **KNOWN)

    def test_roster(self):
        self.subscribe('bob', 'ann')
        self.assertEqual([self.address('ann'), self.address('bob')], [member.email for member in self.ant.members])
        self.assertEqual(['Ann', 'Bob'], [member.display_name for member in self.ant.members])
        some = self.ant.get_roster('member', fields=['email'])
        self.assertEqual(self.address('ann'), some[0].email)
        page = self.ant.get_member_page(count=1, page=2)
        self.assertEqual((2, [self.address('bob')]), (page.total_size, [member.email for member in page]))
        self.assertLessEqual({self.address('ann')}, {member.email for member in self.client.members})
        self.assertGreaterEqual(self.client.get_member_page(count=1, page=1).total_size, 2)
        self.assertEqual(self.address('ann'), self.client.get_member(self.address('ant'), self.address('ann')).email)
        with self.assertRaises(ValueError):
            self.ant.get_member(self.address('nobody'))
        self.assertEqual([], self.ant.nonmembers)

    def test_member(self):
        self.subscribe('ann')
        member = self.ant.get_member(self.address('ann'))
        self.assertEqual(('member', 'as_address', 0, 0), (
            member.role, member.subscription_mode, member.bounce_score, member.total_warnings_sent))
        self.assertIsNone(member.moderation_action)
        self.assertIsNone(member.last_warning_sent)
        self.assertEqual('Ann', member.user.display_name)
        self.assertEqual(self.address('ann'), member.address.email)
        member.moderation_action = 'hold'
        member.delivery_mode = 'mime_digests'
        member.save()
        self.assertEqual('hold', self.ant.get_member(self.address('ann')).moderation_action)
        self.assertEqual('mime_digests', self.ant.get_member(self.address('ann')).delivery_mode)
        self.assertIsNone(member.unsubscribe())
        self.assertFalse(self.ant.is_member(self.address('ann')))

    def test_subscribe_and_leave(self):
        self.subscribe('ann')
        self.assertIn('already', self.refused(409, self.ant.subscribe, self.address('ann'), **KNOWN))
        odd = self.address('a?nn+x')
        self.ant.subscribe(odd, **KNOWN)
        self.assertEqual(odd, self.ant.get_member(odd).email)
        self.assertIsNone(self.ant.unsubscribe(self.address('ann')))
        with self.assertRaises(ValueError):
            self.ant.unsubscribe(self.address('ann'))
        self.subscribe('bob', 'cris')
        done = self.ant.mass_unsubscribe([self.address('bob'), self.address('nobody')])
        self.assertEqual((True, False), (done[self.address('bob')], done[self.address('nobody')]))

    def test_roles(self):
        own, mod = self.address('own'), self.address('mod')
        self.ant.add_owner(own, display_name='Owner')
        self.ant.add_moderator(mod)
        self.assertEqual([own], [owner.email for owner in self.ant.owners])
        self.assertEqual([mod], [moderator.email for moderator in self.ant.moderators])
        self.assertEqual('', self.ant.moderators[0].display_name)
        self.assertTrue(self.ant.is_owner(own) and self.ant.is_moderator(mod))
        self.assertFalse(self.ant.is_owner(mod) or self.ant.is_member(own))
        self.assertTrue(self.ant.is_owner_or_mod(own) and self.ant.is_owner_or_mod(mod))
        self.assertEqual([self.address('ant')], [mlist.fqdn_listname for mlist in self.client.find_lists(own, 'owner')])
        self.assertEqual(1, len(self.client.find_lists(own, mail_host=self.host)))
        self.ant.remove_owner(own)
        self.ant.remove_moderator(mod)
        self.assertEqual([], self.ant.owners)
        self.ant.add_role('nonmember', self.address('stranger'))
        self.assertEqual('nonmember', self.client.get_nonmember(self.address('ant'), self.address('stranger')).role)

    def test_find(self):
        self.subscribe('ann', 'bob')
        self.ant.add_owner(self.address('ann'))
        self.assertEqual([self.address('ann')], [m.email for m in self.ant.find_members(address='ann*', role='member')])
        self.assertEqual(3, len(self.ant.find_members()))
        page = self.ant.find_members(address='*@' + self.host, role='member', count=1, page=2)
        self.assertEqual((2, [self.address('bob')]), (page.total_size, [m.email for m in page]))
        self.assertEqual([], self.ant.find_members(address=self.address('nobody')))

    def test_preferences(self):
        self.subscribe('ann')
        preferences = self.ant.get_member(self.address('ann')).preferences
        self.assertIsNone(preferences['delivery_status'])
        preferences['delivery_status'] = 'by_user'
        preferences['receive_own_postings'] = False
        preferences.save()
        again = self.ant.get_member(self.address('ann')).preferences
        self.assertEqual(('by_user', False), (again['delivery_status'], again['receive_own_postings']))
        again.delete()
        self.assertIsNone(self.ant.get_member(self.address('ann')).preferences['delivery_status'])

    def test_requests(self):
        self.ant.settings['subscription_policy'] = 'confirm_then_moderate'
        self.ant.settings['unsubscription_policy'] = 'moderate'
        self.ant.settings.save()
        self.assertEqual([], self.ant.requests)
        waits = self.ant.subscribe(self.address('ann'), 'Ann')
        self.assertEqual('subscriber', waits['token_owner'])
        waits = self.ant.subscribe(self.address('bob'), pre_verified=True, pre_confirmed=True)
        self.assertEqual('moderator', waits['token_owner'])
        self.assertEqual('subscriber', self.ant.subscribe(self.address('cris'), invitation=True)['token_owner'])
        self.assertIn('pending', self.refused(409, self.ant.subscribe, self.address('bob')))
        self.assertEqual(3, self.ant.get_requests_count())
        self.assertEqual(1, self.ant.get_requests_count(token_owner='moderator'))
        self.assertEqual([self.address('bob')], [r['email'] for r in self.ant.get_requests(token_owner='moderator')])
        self.assertEqual(self.address('bob'), self.ant.get_request(waits['token'])['email'])
        self.ant.defer_request(waits['token'])
        self.ant.accept_request(waits['token'])
        self.assertTrue(self.ant.is_member(self.address('bob')))
        ann, cris = self.ant.requests
        self.assertEqual('Ann', ann['display_name'])
        self.ant.reject_request(ann['token'])
        self.ant.moderate_request(cris['token'], 'discard', 'no reason')
        self.assertEqual(0, self.ant.get_requests_count())
        leaves = self.ant.unsubscribe(self.address('bob'), pre_confirmed=True)
        self.assertEqual('moderator', leaves['token_owner'])
        self.assertEqual([self.address('bob')], [r['email'] for r in self.ant.unsubscription_requests])
        self.ant.discard_request(leaves['token'])
        self.ant.unsubscribe(self.address('bob'), pre_confirmed=True, pre_approved=True)
        self.assertFalse(self.ant.is_member(self.address('bob')))

    def test_held(self):
        queue = self.client.queues['in']
        numbers = range(4)
        for number in numbers:
            queue.inject(self.ant.list_id, '\n'.join((
                'From: ' + self.address('stranger'), 'To: ' + self.address('ant'), 'Subject: Post %d' % number,
                'Message-ID: <%d@%s>' % (number, self.host), '', 'Dear ants,', '')))
        self.assertTrue(soon(lambda: self.ant.get_held_count() == len(numbers)))
        self.assertTrue(soon(lambda: len(queue.files) == 0))
        self.assertEqual(2, len(self.ant.get_held_page(count=2, page=2)))
        held = {message.subject: message for message in self.ant.held}
        first = self.ant.get_held_message(held['Post 0'].request_id)
        self.assertEqual(self.address('stranger'), first.sender)
        self.assertIn('Dear ants', first.msg)
        self.assertIn('member', first.reason)
        self.assertEqual(204, self.ant.defer_message(first.request_id).status_code)
        self.assertEqual(204, self.ant.accept_message(first.request_id).status_code)
        self.assertEqual(204, held['Post 1'].discard().status_code)
        self.assertEqual(204, held['Post 2'].reject('Not about ants').status_code)
        self.assertEqual(204, self.ant.discard_message(held['Post 3'].request_id).status_code)
        self.assertEqual([], self.ant.held)
        self.refused(404, self.ant.accept_message, first.request_id)


class Users(ClientCase):

    def test_users(self):
        ann = self.client.create_user(self.address('ann'), 'xxx', 'Ann Jérôme')
        self.assertEqual('Ann Jérôme', ann.display_name)
        self.assertFalse(ann.is_server_owner)
        self.assertIn(ann.user_id, [user.user_id for user in self.client.users])
        self.assertGreaterEqual(self.client.get_user_page(count=1, page=1).total_size, 1)
        before = ann.password
        ann.password = 'easy'
        ann.display_name = 'Sir Ann'
        ann.save()
        again = self.client.get_user(self.address('ann'))
        self.assertEqual('Sir Ann', again.display_name)
        self.assertNotEqual(before, again.password)
        self.assertEqual([ann.user_id], [user.user_id for user in self.client.find_users('SIR ann')])
        self.assertEqual(1, self.client.find_users_page('@' + self.host, 10, 1).total_size)
        self.assertIn('exists', self.refused(400, self.client.create_user, self.address('ann'), ''))
        again.delete()
        self.refused(404, self.client.get_user, self.address('ann'))

    def test_addresses(self):
        ann = self.client.create_user(self.address('ann'), '')
        second = ann.add_address(self.address('second'))
        self.assertEqual([self.address('ann'), self.address('second')], [str(address) for address in ann.addresses])
        self.assertFalse(second.verified)
        second.verify()
        self.assertTrue(self.client.get_address(self.address('second')).verified)
        self.assertEqual(ann.user_id, self.client.get_address(self.address('second')).user.user_id)
        second.unverify()
        self.assertFalse(self.client.get_address(self.address('second')).verified)
        bob = self.client.create_user(self.address('bob'), '', 'Bob')
        self.assertIn('other user', self.refused(400, ann.add_address, self.address('bob')))
        ann.add_address(self.address('bob'), absorb_existing=True)
        self.refused(404, lambda: self.client._connection.call('users/' + bob.user_id))
        ann.addresses.remove(self.address('bob'))
        self.assertIsNone(ann.addresses.find_by_email(self.address('bob')))
        address = self.client.get_address(self.address('second'))
        address.display_name = 'Second'
        address.save()
        self.assertEqual('Second', self.client.get_address(self.address('second')).display_name)
        preferences = address.preferences
        preferences['hide_address'] = False
        preferences.save()
        self.assertIs(False, self.client.get_address(self.address('second')).preferences['hide_address'])

    def test_preferred_address(self):
        ann = self.client.create_user(self.address('ann'), '')
        self.assertIsNone(ann.preferred_address)
        with self.assertRaises(HTTPError):
            ann.preferred_address = self.address('ann')
        self.client.get_address(self.address('ann')).verify()
        ann.preferred_address = self.address('ann')
        self.assertEqual(self.address('ann'), ann.preferred_address.email)
        mlist = self.domain.create_list('ant')
        mlist.subscribe(ann.user_id, pre_confirmed=True)
        self.assertEqual('as_user', mlist.get_member(self.address('ann')).subscription_mode)
        ann.preferred_address = None
        self.assertIsNone(ann.preferred_address)

    def test_subscriptions(self):
        mlist = self.domain.create_list('ant')
        mlist.subscribe(self.address('ann'), **KNOWN)
        mlist.add_owner(self.address('ann'))
        ann = self.client.get_user(self.address('ann'))
        self.assertEqual({'owner', 'member'}, {subscription.role for subscription in ann.subscriptions})
        self.assertEqual({mlist.list_id}, set(ann.subscription_list_ids))
        preferences = ann.preferences
        preferences['preferred_language'] = 'fr'
        preferences.save()
        self.assertEqual('fr', self.client.get_user(self.address('ann')).preferences['preferred_language'])


class Wire(ClientCase):

    def test_credentials(self):
        self.refused(401, lambda: Client(BASE, USER, 'wrong').system)

    def test_list_proxy(self):
        self.domain.create_list('ant')
        proxy = MailingList(self.client._connection, 'lists/' + self.address('ant'))
        self.assertEqual('ant.' + self.host, proxy.list_id)


if __name__ == '__main__':
    unittest.main(argv=['mailmanclient_calls', '-v'])
