using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>
/// Things whose names begin so, in any case. The registry is ordered by name with case, so the names of each way to write the beginning stand
/// together: those which exist are found letter by letter, a short read each, however many other things there are.
/// </summary>
internal sealed class ThingNames(IJobs jobs, Action<string, string?> add, Func<bool> isEnough, CancellationToken cancellationToken)
{
    public static async Task FindAsync(
        Lease lease, string prefix, Action<string, string?> add, Func<bool> isEnough, CancellationToken cancellationToken)
    {
        var names = new ThingNames(lease.Jobs, add, isEnough, cancellationToken);
        if (prefix.Length > 0 && lease.HasToolkit)
        {
            try
            {
                await names.AddAsync(prefix).ConfigureAwait(false);
                await names.AddSpellingsAsync("", prefix, prefix).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A server that speaks AWS's API only has no such search.
            }
        }
        await names.AddListAsync().ConfigureAwait(false);
    }

    private async Task AddAsync(string prefix)
    {
        foreach (var thing in await ReadAsync(prefix, NameSearch.Enough).ConfigureAwait(false))
        {
            add(thing.ThingName, thing.ThingTypeName ?? thing.ThingArn);
        }
    }

    /// <param name="begun">The beginning with the case of its letters chosen: some thing's name begins so.</param>
    /// <param name="rest">The letters whose case is to be chosen.</param>
    /// <param name="known">The spelling that was read before.</param>
    private async Task AddSpellingsAsync(string begun, string rest, string known)
    {
        var letters = rest.TakeWhile(letter => !char.IsAsciiLetter(letter)).Count();
        begun += rest[..letters];
        rest = rest[letters..];
        if (rest.Length == 0)
        {
            if (begun != known)
            {
                await AddAsync(begun).ConfigureAwait(false);
            }
            return;
        }
        foreach (var letter in new[] { char.ToLowerInvariant(rest[0]), char.ToUpperInvariant(rest[0]) })
        {
            if (!isEnough() && await ExistsAsync(begun + letter).ConfigureAwait(false))
            {
                await AddSpellingsAsync(begun + letter, rest[1..], known).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ExistsAsync(string prefix) => (await ReadAsync(prefix, 1).ConfigureAwait(false)).Count > 0;

    private async Task<IReadOnlyList<FoundThing>> ReadAsync(string prefix, int take) =>
        (await jobs.ExecuteAsync(new SearchThings { ThingNamePrefix = prefix, MaxResults = take }, cancellationToken).ConfigureAwait(false)).Things;

    private async Task AddListAsync()
    {
        string? token = null;
        do
        {
            var page = await jobs.ExecuteAsync(new ListThings { NextToken = token }, cancellationToken).ConfigureAwait(false);
            foreach (var thing in page.Things)
            {
                add(thing.ThingName, thing.ThingTypeName ?? thing.ThingArn);
            }
            token = page.NextToken;
        }
        while (token is not null && !isEnough());
    }
}
