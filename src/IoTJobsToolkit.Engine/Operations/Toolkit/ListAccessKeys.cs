using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists access keys by id, without their secrets, which nobody can read again.</summary>
public sealed record ListAccessKeys : Operation<ListAccessKeysResponse>
{
    private const string List = nameof(ListAccessKeys);

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.MaxResults(MaxResults);

    internal override ListAccessKeysResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var (page, nextToken) = Page.Cut(
            tx.Memory.AccessKeys.ById.Values.Where(key => after is null || string.CompareOrdinal(key.AccessKeyId, after) > 0),
            MaxResults,
            last => PageToken.Write(List, last.AccessKeyId));
        return new([.. page.Select(AccessKeySummary.Of)]) { NextToken = nextToken };
    }
}

public sealed record ListAccessKeysResponse(IReadOnlyList<AccessKeySummary> AccessKeys)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListAccessKeys.</summary>
public sealed record AccessKeySummary(string AccessKeyId, string UserName, AccessRole Role, DateTimeOffset CreatedAt, string CreatedBy)
{
    internal static AccessKeySummary Of(AccessKey key) => new(key.AccessKeyId, key.UserName, key.Role, key.CreatedAt, key.CreatedBy);
}
