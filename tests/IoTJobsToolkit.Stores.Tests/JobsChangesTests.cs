using IoTJobsToolkit.Stores.Tests.Conformance;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests;

public sealed class JobsChangesTests
{
    [Fact]
    public void What_came_and_went_within_a_commit_is_no_change()
    {
        var changes = ChangesOf.Nothing.Put(Execution(1)).Put(Thing("a"));
        changes.Absorb(ChangesOf.Nothing.Drop(Execution(1)).Put(FullThing("a"), Thing("a")));
        Assert.Empty(changes.Executions);
        Assert.Equal(new(null, FullThing("a")), Assert.Single(changes.Things).Value, (x, y) => x.Before == y.Before && x.After!.Version == y.After!.Version);
    }

    [Fact]
    public void What_went_and_came_again_is_a_change_of_what_was_there()
    {
        var changes = ChangesOf.Nothing.Drop(Execution(1));
        changes.Absorb(ChangesOf.Nothing.Put(Running(Execution(1), Time)));
        var change = Assert.Single(changes.Executions).Value;
        Assert.NotNull(change.Before);
        Assert.Equal(Time, change.After!.Deadline);
    }
}
