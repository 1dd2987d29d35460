using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Portal.Components.Activity;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ActivityWordsTests
{
    public static TheoryData<string> Changing =>
    [
        .. typeof(Operation).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Operation)) && !type.IsAssignableTo(typeof(IActsForThing)))
            .Where(type => Permission.NeededRole(type) > AccessRole.VIEWER || type.Name.StartsWith("Create", StringComparison.Ordinal))
            .Where(type => !type.Name.StartsWith("List", StringComparison.Ordinal) && type.Name != "MeasureJob") // It changes nothing.
            .Select(type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(Changing))]
    public void Every_operation_that_changes_something_has_a_sentence(string operation) =>
        Assert.DoesNotContain(':', ActivityWords.Of(Record(operation, ActivitySubject.JOB, "j")).Before);

    [Theory]
    [InlineData("TagResource", ActivitySubject.JOB_TEMPLATE, "t", "Tagged template t")]
    [InlineData("AddThingToThingGroup", ActivitySubject.THING, "lamp", "Added thing lamp to a group")]
    [InlineData("UpdateEventConfigurations", ActivitySubject.EVENT_CONFIGURATION, "events", "Changed which events are published")]
    [InlineData("SignIn", ActivitySubject.PORTAL_ACCOUNT, "ops", "Signed in")]
    [InlineData("SignInFailed", ActivitySubject.PORTAL_ACCOUNT, "ops", "Could not sign in as ops")]
    [InlineData("AccountLocked", ActivitySubject.PORTAL_ACCOUNT, "grace", "Locked account grace after wrong passwords")]
    [InlineData("ImportThings", ActivitySubject.THING_GROUP, "eu", "Import things: group eu")]
    public void A_sentence_reads_well(string operation, ActivitySubject kind, string name, string sentence)
    {
        var words = ActivityWords.Of(Record(operation, kind, name));
        Assert.Equal(sentence, words.Before + (words.HasSubject ? $" {name}" : "") + words.After);
    }

    private static ActivityRecord Record(string operation, ActivitySubject kind, string name) => new()
    {
        Sequence = 1,
        At = DateTimeOffset.UnixEpoch,
        By = "ops",
        OperationName = operation,
        SubjectKind = kind,
        SubjectName = name,
    };
}
