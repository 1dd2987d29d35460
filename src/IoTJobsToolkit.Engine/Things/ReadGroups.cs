namespace IoTJobsToolkit.Engine.Things;

/// <summary>One level of the tree of groups; asked by the portal, not by callers.</summary>
internal sealed record ReadGroups(string? Parent) : Operation<IReadOnlyList<GroupLine>>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override IReadOnlyList<GroupLine> Run(JobsTransaction tx) =>
        [.. Level(tx).OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => Line(tx, group))];

    private IEnumerable<ThingGroup> Level(JobsTransaction tx) => Parent is null
        ? tx.Memory.Groups.Where(group => group.ParentSequence is null)
        : Children(tx, tx.Group(Parent).Sequence);

    private static GroupLine Line(JobsTransaction tx, ThingGroup group) => new(group.Name, Children(tx, group.Sequence).Count())
    {
        Description = group.Description,
        QueryString = group.QueryString,
        Status = group.IsDynamic ? group.Status : null,
    };

    private static IEnumerable<ThingGroup> Children(JobsTransaction tx, long sequence) =>
        tx.Memory.Children(sequence).Select(tx.FindLiveGroup).Where(group => group is not null).Select(group => group!);
}

/// <summary>A group in the tree.</summary>
/// <param name="Children">How many groups stand directly below it.</param>
public sealed record GroupLine(string Name, int Children)
{
    public string? Description { get; init; }

    /// <summary>As the status below, with dynamic groups only.</summary>
    public string? QueryString { get; init; }

    public ThingGroupStatus? Status { get; init; }
}
