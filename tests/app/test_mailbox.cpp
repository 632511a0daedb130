// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mailbox.h"

#include <QTest>

#include <latch>
#include <thread>
#include <vector>

using retort::Mailbox;

namespace {

struct Letter {
    int sender = 0;
    int number = 0;
};

constexpr int senders = 4;
constexpr int letters = 5000;

/// Takes until every letter is there, while the senders are at work.
std::vector<Letter> receiveAll(Mailbox<Letter>& mailbox) {
    std::vector<Letter> received;
    while (received.size() < senders * letters)
        for (const Letter& letter : mailbox.take())
            received.push_back(letter);
    return received;
}

} // namespace

class TestMailbox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesWhatCameSinceTheLastCall() {
        Mailbox<int> mailbox;
        QVERIFY(mailbox.take().empty());
        mailbox.post(1);
        mailbox.post(2);
        QCOMPARE(mailbox.take(), (std::vector<int>{1, 2}));
        mailbox.post(3);
        QCOMPARE(mailbox.take(), std::vector<int>{3});
        QVERIFY(mailbox.take().empty());
    }

    void losesNothingAndKeepsTheOrderOfEachSender() {
        Mailbox<Letter> mailbox;
        std::latch start(senders);
        std::vector<std::jthread> threads;
        for (int sender = 0; sender < senders; ++sender)
            threads.emplace_back([&, sender] {
                start.arrive_and_wait();
                for (int number = 0; number < letters; ++number)
                    mailbox.post({sender, number});
            });
        std::vector<int> expected(senders, 0);
        for (const Letter& letter : receiveAll(mailbox))
            QCOMPARE(letter.number, expected[letter.sender]++);
        QCOMPARE(expected, std::vector<int>(senders, letters));
    }
};

QTEST_APPLESS_MAIN(TestMailbox)
#include "test_mailbox.moc"
