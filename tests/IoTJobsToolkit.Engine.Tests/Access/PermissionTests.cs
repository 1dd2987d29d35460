using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Engine.Tests.Access;

public sealed class PermissionTests
{
    public static TheoryData<string> Operations => [.. All.Select(type => type.FullName!)];

    private static IEnumerable<Type> All => typeof(Operation).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Operation)) && type.IsPublic);

    /// <summary>The names tell what only reads; how an operation meets the store is the proof.</summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public void A_viewer_may_run_what_reads_and_nothing_else(string name)
    {
        var type = typeof(Operation).Assembly.GetType(name)!;
        var operation = (Operation)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        var reads = operation.Access is OperationAccess.Reads or OperationAccess.ReadsPages;

        if (type == typeof(ChangePassword))
        {
            Assert.Equal(AccessRole.VIEWER, Permission.NeededRole(type)); // One's own.
        }
        else if (type == typeof(ListAccessKeys) || type == typeof(ListAccounts))
        {
            Assert.Equal(AccessRole.ADMINISTRATOR, Permission.NeededRole(type)); // Who has access is for those who give it.
        }
        else if (type == typeof(ListNotificationRules))
        {
            Assert.Equal(AccessRole.ADMINISTRATOR, Permission.NeededRole(type)); // Many addresses of webhooks are secrets.
        }
        else if (type == typeof(MeasureJob))
        {
            Assert.Equal(AccessRole.OPERATOR, Permission.NeededRole(type)); // It fetches documents for whoever asks.
        }
        else
        {
            Assert.Equal(reads, Permission.NeededRole(type) == AccessRole.VIEWER);
        }
    }

    [Theory]
    [InlineData(AccessRole.VIEWER, typeof(DescribeJob), true)]
    [InlineData(AccessRole.VIEWER, typeof(GetPendingJobExecutions), true)]
    [InlineData(AccessRole.VIEWER, typeof(CancelJob), false)]
    [InlineData(AccessRole.VIEWER, typeof(StartNextPendingJobExecution), false)]
    [InlineData(AccessRole.VIEWER, typeof(TagResource), false)]
    [InlineData(AccessRole.VIEWER, typeof(CreateThingToken), false)]
    [InlineData(AccessRole.VIEWER, typeof(ListAccessKeys), false)]
    [InlineData(AccessRole.OPERATOR, typeof(CreateJob), true)]
    [InlineData(AccessRole.OPERATOR, typeof(DeleteThing), true)]
    [InlineData(AccessRole.OPERATOR, typeof(CreateThingCertificate), true)]
    [InlineData(AccessRole.OPERATOR, typeof(CreateAccessKey), false)]
    [InlineData(AccessRole.OPERATOR, typeof(DeleteAccessKey), false)]
    [InlineData(AccessRole.OPERATOR, typeof(ClearJobHistory), false)]
    [InlineData(AccessRole.OPERATOR, typeof(UpdateRetention), false)]
    [InlineData(AccessRole.OPERATOR, typeof(UpdateClock), false)]
    [InlineData(AccessRole.OPERATOR, typeof(AdvanceClock), false)]
    [InlineData(AccessRole.VIEWER, typeof(DescribeClock), true)]
    [InlineData(AccessRole.VIEWER, typeof(DescribeRetention), true)]
    [InlineData(AccessRole.VIEWER, typeof(DescribeLimits), true)]
    [InlineData(AccessRole.ADMINISTRATOR, typeof(UpdateRetention), true)]
    [InlineData(AccessRole.VIEWER, typeof(ChangePassword), true)]
    [InlineData(AccessRole.OPERATOR, typeof(CreateAccount), false)]
    [InlineData(AccessRole.OPERATOR, typeof(UpdateAccount), false)]
    [InlineData(AccessRole.OPERATOR, typeof(DeleteAccount), false)]
    [InlineData(AccessRole.OPERATOR, typeof(ListAccounts), false)]
    [InlineData(AccessRole.OPERATOR, typeof(CreateNotificationRule), false)]
    [InlineData(AccessRole.OPERATOR, typeof(UpdateNotificationRule), false)]
    [InlineData(AccessRole.OPERATOR, typeof(DeleteNotificationRule), false)]
    [InlineData(AccessRole.OPERATOR, typeof(TestNotificationRule), false)]
    [InlineData(AccessRole.VIEWER, typeof(ListNotificationDeliveries), true)]
    [InlineData(AccessRole.OPERATOR, typeof(RetryNotificationDelivery), true)]
    [InlineData(AccessRole.ADMINISTRATOR, typeof(UpdateAccount), true)]
    [InlineData(AccessRole.ADMINISTRATOR, typeof(CreateAccessKey), true)]
    [InlineData(AccessRole.ADMINISTRATOR, typeof(ClearJobHistory), true)]
    public void A_role_may_what_it_says(AccessRole role, Type operation, bool may)
    {
        void Demand() => Permission.Demand(operation, null, Caller.Operator("someone", role));

        if (may)
        {
            Demand();
        }
        else
        {
            var refusal = Assert.Throws<JobsException>(Demand);
            Assert.Equal(JobsError.AccessDenied, refusal.Error);
            Assert.Contains(operation.Name, refusal.Message, StringComparison.Ordinal);
            Assert.Contains(role.ToString(), refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_device_may_act_for_its_thing_and_for_no_other()
    {
        var device = Caller.Device("mine");

        Permission.Demand(typeof(UpdateJobExecution), "mine", device);
        foreach (var thing in new[] { "other", "MINE", null })
        {
            Assert.Throws<JobsException>(() => Permission.Demand(typeof(UpdateJobExecution), thing, device));
        }
        Assert.Throws<JobsException>(() => Permission.Demand(typeof(DescribeThing), "mine", device));
    }
}
