using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Access;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Activities;

/// <summary>Each operation that changes something says what it changed.</summary>
public sealed class ActivityNoteTests
{
    public static TheoryData<string> Writing =>
    [
        .. typeof(Operation).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsPublic: true } && type.IsSubclassOf(typeof(Operation)) && !type.IsAssignableTo(typeof(IActsForThing)))
            .Where(type => ((Operation)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Access
                is OperationAccess.Writes or OperationAccess.WritesAlone)
            .Select(type => type.FullName!),
    ];

    [Theory]
    [MemberData(nameof(Writing))]
    public void An_operation_that_writes_for_operators_names_its_subject(string operation)
    {
        var note = typeof(Operation).Assembly.GetType(operation)!
            .GetMethod(nameof(Operation.Note), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;
        Assert.True(note.DeclaringType != typeof(Operation), $"{operation} changes something and does not override Note: the activity would not tell of it.");
    }

    [Fact]
    public async Task All_of_them_say_it_in_a_story()
    {
        using var t = new TestEngine(services: new() { Credentials = new CountingIssuer(), Passwords = new PlainPasswords(), Simulator = new NamesOnlySimulator() }, isVirtual: true);
        var properties = new ThingGroupProperties { ThingGroupDescription = "x" };
        Tag[] tags = [new() { Key = "team", Value = "hidden" }];
        await t.Run(new CreateThing("a") { ThingTypeName = "lamp" });
        await t.Run(new UpdateThing("a") { RemoveThingType = true });
        await t.Run(new CreateThingGroup("top"));
        await t.Run(new CreateThingGroup("g") { ParentGroupName = "top" });
        await t.Run(new UpdateThingGroup("g", properties));
        await t.Run(new AddThingToThingGroup { ThingGroupArn = GroupArn("g"), ThingArn = ThingArn("a") });
        await t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = "a" });
        await t.Run(new UpdateThingGroupsForThing { ThingName = "a", ThingGroupsToAdd = ["g"] });
        await t.Run(new CreateDynamicThingGroup("d", "attributes.site:north"));
        await t.Run(new UpdateDynamicThingGroup("d", properties) { QueryString = "attributes.site:south" });
        await t.Run(new DeleteDynamicThingGroup("d"));
        await t.Run(new TagResource(GroupArn("g"), tags));
        await t.Run(new UntagResource(GroupArn("g"), ["team"]));
        await t.Run(new CreateJob("j", [ThingArn("a"), GroupArn("g")]) { Document = """{"password":"hidden"}""", TargetSelection = TargetSelection.CONTINUOUS });
        await t.Run(new UpdateJob("j") { Description = "hidden", TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
        await t.Run(new AssociateTargetsWithJob("j", [GroupArn("top")]) { Comment = "all of it" });
        await t.Run(new TagResource("arn:aws:iot:us-east-1:123456789012:job/j", tags));
        await t.Run(new PauseJob("j") { Comment = "look first" });
        await t.Run(new ResumeJob("j"));
        await t.Run(new CreateControlledJob(new("needs", [ThingArn("a")]) { Document = "{}" }) { RequireApproval = true });
        await t.Engine.As(Caller.Operator("bob")).ExecuteAsync(new ApproveJob("needs") { Comment = "fine" }, TestContext.Current.CancellationToken);
        await t.Run(new CreateControlledJob(new("denied", [ThingArn("a")]) { Document = "{}" }) { RequireApproval = true });
        await t.Run(new DenyJob("denied") { Comment = "too early" });
        await t.Run(new CreateControlledJob(new("then", [ThingArn("a")]) { Document = "{}" }) { DependsOn = ["needs"] });
        await t.Run(new AdvanceJob("then") { Comment = "now" });
        await t.Run(new CreateJobTemplate("t", "x") { Document = "{}" });
        await t.Run(new TagResource("arn:aws:iot:us-east-1:123456789012:jobtemplate/t", tags));
        await t.Run(new DeleteJobTemplate("t"));
        await t.Run(new CancelJobExecution("j", "a") { StatusDetails = new Dictionary<string, string> { ["k"] = "hidden" } });
        await t.Run(new RestartJobExecution("j", "a"));
        await t.Run(new DeleteJobExecution("j", "a") { ExecutionNumber = 1, Force = true });
        await t.Run(new CancelJob("j"));
        await t.Run(new RestartJob("j", "k", [ThingArn("a")]) { Comment = "after the fix" });
        await t.Run(new DeleteJob("j") { Force = true });
        var key = await t.Run(new CreateAccessKey("ci", AccessRole.VIEWER));
        await t.Run(new DeleteAccessKey(key.AccessKeyId));
        var certificate = await t.Run(new CreateThingCertificate("a"));
        await t.Run(new RevokeThingCertificate("a", certificate.CertificateId));
        var token = await t.Run(new CreateThingToken("a"));
        await t.Run(new RevokeThingToken("a", token.TokenId));
        await t.Run(new UpdateEventConfigurations { EventConfigurations = new Dictionary<string, EventConfiguration?> { ["JOB"] = new() { Enabled = true } } });
        await t.Run(new DeleteThing("a"));
        await t.Run(new DeleteThingGroup("g"));
        await t.Run(new CreateAccount("alice", AccessRole.VIEWER, "hidden password"));
        await t.Run(new UpdateAccount("alice") { Role = AccessRole.OPERATOR, Password = "hidden password 2" });
        await t.Run(new ChangePassword("alice", "hidden password 2", "hidden password 3"));
        await t.Run(new DeleteAccount("alice"));
        await t.Run(new CreateNotificationRule("on-call", [NotificationEvent.JOB_CREATED]) { Url = "https://example.com/hidden" });
        await t.Run(new UpdateNotificationRule("on-call") { JobIdPattern = "n*", RenewSecret = true });
        await t.Run(new TestNotificationRule("on-call"));
        await t.Run(new CreateJob("n", [GroupArn("top")]) { Document = "{}" });
        var delivery = (await t.Run(new ListNotificationDeliveries())).Deliveries[0].DeliveryId;
        await t.Run(new RetryNotificationDelivery(delivery));
        await t.Run(new DeleteNotificationDelivery(delivery));
        await t.Run(new DeleteNotificationRule("on-call"));
        await t.Run(new UpdateRetention(30));
        await t.Run(new ClearJobHistory(T0));
        await t.Run(new UpdateClock { Rate = 0 });
        await t.Run(new AdvanceClock { Seconds = 60 });
        await t.Run(new StartFleetSimulation("fleet", 2));
        await t.Run(new StopFleetSimulation("fleet") { RemoveThings = true });

        var activities = (await t.Run(new ListActivity())).Activities.Reverse().ToList();
        Assert.Equal(
            [
                "CreateThing THING a: type lamp",
                "UpdateThing THING a: type removed",
                "CreateThingGroup THING_GROUP top",
                "CreateThingGroup THING_GROUP g: below top",
                "UpdateThingGroup THING_GROUP g",
                "AddThingToThingGroup THING a: group g",
                "RemoveThingFromThingGroup THING a: group g",
                "UpdateThingGroupsForThing THING a: added to: g",
                "CreateDynamicThingGroup THING_GROUP d: query attributes.site:north",
                "UpdateDynamicThingGroup THING_GROUP d: query attributes.site:south",
                "DeleteDynamicThingGroup THING_GROUP d",
                "TagResource THING_GROUP g: tags: team",
                "UntagResource THING_GROUP g: tags: team",
                "CreateJob JOB j: 2 targets; CONTINUOUS",
                "UpdateJob JOB j: changed: description, timeout",
                "AssociateTargetsWithJob JOB j: 1 target; comment: all of it",
                "TagResource JOB j: tags: team",
                "PauseJob JOB j: comment: look first",
                "ResumeJob JOB j",
                "CreateControlledJob JOB needs: 1 target; needs approval",
                "ApproveJob JOB needs: comment: fine",
                "CreateControlledJob JOB denied: 1 target; needs approval",
                "DenyJob JOB denied: comment: too early",
                "CreateControlledJob JOB then: 1 target; after needs",
                "AdvanceJob JOB then: comment: now",
                "CreateJobTemplate JOB_TEMPLATE t",
                "TagResource JOB_TEMPLATE t: tags: team",
                "DeleteJobTemplate JOB_TEMPLATE t",
                "CancelJobExecution JOB_EXECUTION j/a",
                "RestartJobExecution JOB_EXECUTION j/a",
                "DeleteJobExecution JOB_EXECUTION j/a: number 1; with force",
                "CancelJob JOB j",
                "RestartJob JOB k: restart of j; 1 target; comment: after the fix",
                "DeleteJob JOB j: with force",
                $"CreateAccessKey ACCESS_KEY {key.AccessKeyId}: of ci; VIEWER",
                $"DeleteAccessKey ACCESS_KEY {key.AccessKeyId}: of ci",
                $"CreateThingCertificate THING a: certificate {certificate.CertificateId}",
                $"RevokeThingCertificate THING a: certificate {certificate.CertificateId}",
                $"CreateThingToken THING a: token {token.TokenId}",
                $"RevokeThingToken THING a: token {token.TokenId}",
                "UpdateEventConfigurations EVENT_CONFIGURATION events: on: JOB",
                "DeleteThing THING a",
                "DeleteThingGroup THING_GROUP g",
                "CreateAccount PORTAL_ACCOUNT alice: VIEWER",
                "UpdateAccount PORTAL_ACCOUNT alice: role OPERATOR; new password",
                "ChangePassword PORTAL_ACCOUNT alice",
                "DeleteAccount PORTAL_ACCOUNT alice",
                "CreateNotificationRule NOTIFICATION_RULE on-call: events: JOB_CREATED; by webhook",
                "UpdateNotificationRule NOTIFICATION_RULE on-call: jobs n*; new secret",
                "TestNotificationRule NOTIFICATION_RULE on-call: failed: Notifications are sent by a server, and this database is open without one.",
                "CreateJob JOB n: 1 target",
                $"RetryNotificationDelivery NOTIFICATION_RULE on-call: delivery {delivery}",
                $"DeleteNotificationDelivery NOTIFICATION_RULE on-call: delivery {delivery}",
                "DeleteNotificationRule NOTIFICATION_RULE on-call",
                "UpdateRetention RETENTION retention: 30 days",
                "UpdateClock CLOCK clock: stopped",
                "AdvanceClock CLOCK clock: to 2026-12-01 10:01:00Z",
                "StartFleetSimulation SIMULATION fleet: 2 devices",
                "StopFleetSimulation SIMULATION fleet: with the things it made",
            ],
            activities.Select(activity =>
                $"{activity.OperationName} {activity.SubjectKind} {activity.SubjectName}{(activity.Details is null ? "" : $": {activity.Details}")}"));
        Assert.DoesNotContain(activities, activity => activity.ToString().Contains("hidden", StringComparison.Ordinal));
        // Nothing had ended before that instant: it cleared nothing, and left nothing.
        Assert.Equal(Writing.Count - 1, activities.Select(activity => activity.OperationName).Distinct().Count());
    }
}
