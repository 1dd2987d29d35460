using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Lists the tags of a job, job template or thing group by key.</summary>
public sealed record ListTagsForResource(string ResourceArn) : Operation<ListTagsForResourceResponse>
{
    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    private string List => $"ListTagsForResource|{ResourceArn}";

    internal override void Validate(Check check) => TaggedResource.CheckArn(check, ResourceArn);

    internal override ListTagsForResourceResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var tags = TaggedResource.Find(tx, ResourceArn).Tags
            .Where(tag => after is null || string.CompareOrdinal(tag.Key, after) > 0)
            .OrderBy(tag => tag.Key, StringComparer.Ordinal);
        var (page, nextToken) = Page.Cut(tags, Tag.MaxPerResource, last => PageToken.Write(List, last.Key!));
        return new(page) { NextToken = nextToken };
    }
}

public sealed record ListTagsForResourceResponse(IReadOnlyList<Tag> Tags)
{
    public string? NextToken { get; init; }
}
