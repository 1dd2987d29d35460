using System.Text.Json;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Templates;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Two stores which are given the same commits answer every read alike, whatever the commits are.</summary>
public sealed class RandomOperationsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_stores_answer_alike_after_any_commits(int seed)
    {
        using var folder = new TemporaryFolder();
        using var memory = new InMemoryJobsStore();
        var file = LiteDbJobsStore.Open(folder.Database, TimeProvider.System);
        try
        {
            var program = new RandomProgram(seed);
            for (var step = 0; step < 150; step++)
            {
                var changes = program.Next();
                memory.Commit(changes);
                file.Commit(changes);
                if (step % 10 == 0)
                {
                    file.Maintain(isIdle: true);
                }
                if (step % 25 == 24)
                {
                    file.Dispose();
                    file = LiteDbJobsStore.Open(folder.Database, TimeProvider.System);
                }
                foreach (var (what, read) in program.Reads())
                {
                    var (expected, actual) = (JsonSerializer.Serialize(read(memory)), JsonSerializer.Serialize(read(file)));
                    Assert.True(expected == actual, $"Seed {seed}, step {step}, {what}:\n{expected}\n{actual}");
                }
            }
        }
        finally
        {
            file.Dispose();
        }
    }

    private sealed class RandomProgram(int seed)
    {
        private const int Numbers = 6;
        private static readonly string[] Names = ["A", "A0", "a", "a-b", "a:b", "a0", "aa", "b"];

        private readonly Random _random = new(seed);
        private readonly Dictionary<long, Job> _jobs = [];
        private readonly Dictionary<long, JobProgress> _progress = [];
        private readonly Dictionary<long, ThingGroup> _groups = [];
        private readonly Dictionary<long, JobTemplate> _templates = [];
        private readonly Dictionary<long, AccessKey> _accessKeys = [];
        private readonly Dictionary<long, Account> _accounts = [];
        private readonly Dictionary<long, NotificationRule> _notificationRules = [];
        private readonly Dictionary<long, NotificationDelivery> _notificationDeliveries = [];
        private readonly Dictionary<string, Thing> _things = [];
        private readonly Dictionary<ExecutionKey, JobExecution> _executions = [];
        private readonly Queue<long> _activities = new();
        private long _sequence = 100;
        private long _committed;

        public JobsChanges Next()
        {
            _committed = _sequence;
            var changes = Part();
            for (var parts = _random.Next(4); parts > 0; parts--)
            {
                changes.Absorb(Part());
            }
            return changes;
        }

        public IEnumerable<(string What, Func<IJobsStore, object?> Read)> Reads()
        {
            var take = _random.Next(1, 12);
            var name = _random.Next(4) == 0 ? null : Name();
            var number = Number();
            long? before = _random.Next(3) == 0 ? null : _random.NextInt64(100, _sequence + 2);
            var time = Time.AddMilliseconds(_random.Next(4));
            var key = _executions.Count == 0 ? default(ExecutionKey?) : _executions.Keys.ElementAt(_random.Next(_executions.Count));
            ThingExecutionKey? thingKey = _random.Next(3) == 0 ? null : new(time, $"job-{Number()}", number);

            yield return ("Load", store =>
            {
                var contents = store.Load();
                var (jobs, progress, groups, next, first) = contents;
                return new object?[]
                {
                    jobs.OrderBy(j => j.Sequence), progress.OrderBy(p => p.JobSequence), groups.OrderBy(g => g.Sequence),
                    contents.Templates.OrderBy(t => t.Sequence), contents.AccessKeys.OrderBy(k => k.Sequence), contents.Accounts.OrderBy(a => a.Sequence),
                    contents.NotificationRules.OrderBy(r => r.Sequence), contents.NotificationDeliveries.OrderBy(d => d.Sequence),
                    contents.ConnectivityRuns.OrderBy(r => r.Sequence), next, first,
                };
            });
            yield return ("FindDocument", store => store.FindDocument(number));
            yield return ("FindThing", store => store.FindThing(name ?? "a"));
            yield return ($"ReadThings {name} {take}", store => store.ReadThings(name, take));
            yield return ($"ReadMembers {number} {name} {take}", store => store.ReadMembers(number, name, take));
            yield return ("FindMember", store => store.FindMember(number, name ?? "a"));
            yield return ($"ReadLeavers {number} {name} {take}", store => store.ReadLeavers(number, (int)number % 3, name, take));
            yield return ($"ReadExecutions {key} {take}", store => store.ReadExecutions(key?.JobSequence ?? 1, key, take));
            yield return ($"ReadExecutions {number}", store => store.ReadExecutions(number, null, int.MaxValue));
            yield return (
                $"ReadExecutionsOfThing {number} {thingKey} {time:O} {take}",
                store => store.ReadExecutionsOfThing(number, thingKey, time, take));
            yield return (
                $"FindExecutionsOfThings {number} {take}",
                store => store.FindExecutionsOfThings(number, number + 3, take % 100)?.OrderBy(execution => execution.Sequence).ToList());
            yield return ($"ReadTimers {time:O} {take}", store => store.ReadTimers(time, take));
            yield return ("FindDeletedNumber", store => store.FindDeletedNumber(number, Number(number)));
            yield return ($"ReadPostponed {number} {name} {take}", store => store.ReadPostponed(number, name, take));
            yield return ("FindPostponed", store => store.FindPostponed(number, name ?? "a"));
            yield return ("FindThingCredential", store => store.FindThingCredential(number, name ?? "a"));
            yield return ($"ReadThingCredentials {number} {name} {take}", store => store.ReadThingCredentials(number, name, take));
            yield return ("FindConnectivity", store => store.FindConnectivity(number));
            yield return ("FindBrokerSession", store => store.FindBrokerSession(name ?? "a"));
            yield return ($"ReadBrokerSessions {name} {take}", store => store.ReadBrokerSessions(name, take));
            yield return ($"ReadSessionMessages {name} {number} {take}", store => store.ReadSessionMessages(name ?? "a", number - 1, take));
            yield return ($"ReadRetainedMessages {name} {take}", store => store.ReadRetainedMessages(name, take));
            yield return ($"ReadGone {time:O} {take}", store => store.ReadGone(time, take));
            yield return ($"ReadActivities {before} {take}", store => store.ReadActivities(before, take));
            yield return ($"ReadFirstActivities {take}", store => store.ReadFirstActivities(take));
            yield return ($"ReadHistory {number} {take}", store => store.ReadHistory(number, _sequence / 2, take));
        }

        private JobsChanges Part()
        {
            var changes = new JobsChanges();
            for (var i = _random.Next(12); i >= 0; i--)
            {
                Change(changes, _random.Next(29));
            }
            changes.NextSequence = _sequence;
            return changes;
        }

        private void Change(JobsChanges changes, int kind)
        {
            var number = Number();
            switch (kind)
            {
                case 0:
                    Put(changes.Jobs, _jobs, number, FullJob(number) with { Comment = Text() });
                    break;
                case 1:
                    Put(changes.Progress, _progress, number, FullProgress(number) with { Sweep = null, Counts = new(_sequence, 0, 0, 0, 0, 0, 0, 0) });
                    break;
                case 2:
                    Put(changes.Groups, _groups, number, FullGroup(number) with { Description = Text() });
                    break;
                case 3:
                    var thing = Name();
                    Put(changes.Things, _things, thing, FullThing(thing, ++_sequence));
                    break;
                case 4:
                    changes.Documents[number] = Maybe(Text());
                    break;
                case 5:
                    var member = Name();
                    changes.Members[(number, member)] = Maybe(new GroupMember(number, member, 1, ++_sequence));
                    break;
                case 6:
                    var leaver = Name();
                    changes.Leavers[(number, (int)number % 3, leaver)] = Maybe(new SnapshotLeaver(number, (int)number % 3, leaver, ++_sequence));
                    break;
                case 7:
                    changes.DeletedNumbers[(number, Number())] = Maybe(new DeletedNumber(++_sequence, number));
                    break;
                case 8:
                    changes.History.Add(FullHistory(number, ++_sequence));
                    break;
                case 9:
                    Put(changes.Templates, _templates, number, FullTemplate(number) with { Description = Text(), Document = Text() });
                    break;
                case 10:
                    var name = Name();
                    changes.Postponed[(number, name)] = Maybe(new PostponedExecution(number, name, ++_sequence, ChangeOrigin.Retry, 1, new(1, 0)));
                    break;
                case 11:
                    var at = Time.AddMilliseconds(_random.Next(4));
                    changes.Gone[(at, number)] = Maybe(new GoneJob(at, number, Text()));
                    break;
                case 12:
                    Put(changes.AccessKeys, _accessKeys, number, FullAccessKey(number) with { UserName = Text() });
                    break;
                case 13:
                    var id = Name();
                    changes.ThingCredentials[(number, id)] = Maybe(FullCredential(number, id) with { CreatedBy = Text() });
                    break;
                case 14 when _executions.Count > 0:
                    var old = _executions.Values.ElementAt(_random.Next(_executions.Count));
                    Put(changes.Executions, _executions, old.Key, Move(old));
                    break;
                case 18:
                    changes.Connectivity[number] = Maybe(FullConnectivity(number) with { Connected = _random.Next(2) == 0, ClientId = Text() });
                    break;
                case 19:
                    changes.ConnectivityRuns[number] = new(number, _random.Next(2) == 0 ? null : Time, DisconnectReason.SERVER_ERROR);
                    break;
                case 20:
                    var session = Name();
                    changes.BrokerSessions[session] = FullSession(session) with { ExpirySeconds = ++_sequence };
                    break;
                case 21:
                    changes.RemoveSession(Name());
                    break;
                case 22:
                    var client = Name();
                    changes.SessionMessages[(client, number)] = Maybe(FullMessage(client, number) with { Retain = _random.Next(2) == 0 });
                    break;
                case 23:
                    var topic = Name();
                    changes.RetainedMessages[topic] = Maybe(FullBrokerMessage(topic) with { ContentType = Text() });
                    break;
                case 24:
                    changes.Activities.Add(FullActivity(++_sequence) with { Details = _random.Next(2) == 0 ? null : Text() });
                    _activities.Enqueue(_sequence);
                    break;
                case 25 when _activities.TryPeek(out var first) && first <= _committed:
                    changes.ClearedActivities.Add(_activities.Dequeue());
                    break;
                case 26:
                    Put(changes.Accounts, _accounts, number, FullAccount(number) with { PasswordHash = Text(), Stamp = ++_sequence });
                    break;
                case 27:
                    Put(changes.NotificationRules, _notificationRules, number, FullRule(number) with { LastError = Text() });
                    break;
                case 28:
                    Put(changes.NotificationDeliveries, _notificationDeliveries, number, FullDelivery(number) with { LastError = Text() });
                    break;
                default:
                    // One number of a job on a thing is unique.
                    var queuedAt = Time.AddMilliseconds(_random.Next(4));
                    var execution = Execution(++_sequence, number, Name(), Number(), _sequence, queuedAt);
                    Put(changes.Executions, _executions, execution.Key, execution);
                    break;
            }
        }

        private JobExecution Move(JobExecution execution) => execution with
        {
            Status = (JobExecutionStatus)_random.Next(8),
            VersionNumber = execution.VersionNumber + 1,
            StatusDetails = new Dictionary<string, string> { ["k"] = Text() },
            InProgressDeadline = _random.Next(2) == 0 ? null : Time.AddMilliseconds(_random.Next(4)),
            StepDeadline = _random.Next(2) == 0 ? null : Time.AddMilliseconds(_random.Next(4)),
            History = [.. execution.History, new(Time, execution.Status, JobExecutionStatus.FAILED, 2, ChangeOrigin.Device, Text()) { Details = Details() }],
        };

        private Dictionary<string, string>? Details() => _random.Next(2) == 0 ? null : new() { ["k"] = Text(), ["l"] = Text() };

        private void Put<TKey, T>(Dictionary<TKey, Change<T>> changes, Dictionary<TKey, T> state, TKey key, T value)
            where TKey : notnull
            where T : class
        {
            var before = state.GetValueOrDefault(key);
            var after = _random.Next(4) == 0 ? null : value;
            changes[key] = new(changes.TryGetValue(key, out var earlier) ? earlier.Before : before, after);
            if (after is null)
            {
                state.Remove(key);
            }
            else
            {
                state[key] = after;
            }
        }

        private T? Maybe<T>(T value)
            where T : class => _random.Next(3) == 0 ? null : value;

        private long Number() => _random.Next(1, Numbers + 1);

        private static long Number(long of) => of % Numbers + 1;

        private string Name() => Names[_random.Next(Names.Length)];

        private string Text() => new('x', _random.Next(10) == 0 ? _random.Next(20_000) : _random.Next(100));
    }
}
