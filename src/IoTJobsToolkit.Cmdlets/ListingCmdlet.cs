using System.Management.Automation;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>A list, written item by item, page by page: a page is read when the one before it has gone down the pipeline.</summary>
public abstract class ListingCmdlet : IoTJobsCmdlet
{
    /// <summary>Items per page, 1 to 250; all pages are read nevertheless.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("MaxItems", "MaxResults")]
    public int? MaxResult { get; set; }

    /// <summary>Where a list goes on. Given, even as $null for the first page, it makes the paging the caller's: one page is read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Marker")]
    public string? NextToken { get; set; }

    /// <summary>One page only; -Select '*' shows its NextToken.</summary>
    [Parameter]
    public SwitchParameter NoAutoIteration { get; set; }

    /// <param name="items">The property of the answer which holds the items.</param>
    protected void List<TResponse>(
        string target, string items, Func<string?, Operation<TResponse>> page, Func<TResponse, string?> nextToken)
        where TResponse : class
    {
        var token = string.IsNullOrEmpty(NextToken) ? null : NextToken;
        var onePage = NoAutoIteration || MyInvocation.BoundParameters.ContainsKey(nameof(NextToken));
        while (TryRun(page(token), target, out var response))
        {
            Write(response, target, items);
            token = nextToken(response);
            if (token is null || onePage)
            {
                return;
            }
        }
    }
}
