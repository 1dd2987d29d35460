using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>The same done to many, several at a time; a refusal of one keeps the others from nothing.</summary>
internal static class Many
{
    private const int AtATime = 16;

    /// <param name="done">What has become of those which were not refused, in a word.</param>
    /// <exception cref="JobsException">Some were refused: the first refusal, with how many were not.</exception>
    public static async Task ForEachAsync(IReadOnlyList<string> names, string done, Func<string, Task> act)
    {
        var refused = new List<(string Name, JobsException Why)>();
        foreach (var some in names.Chunk(AtATime))
        {
            refused.AddRange((await Task.WhenAll(some.Select(TryAsync))).Where(one => one.Why is not null).Select(one => (one.Name, one.Why!)));
        }
        if (refused is [var (first, why), ..])
        {
            throw names.Count == 1
                ? why
                : new JobsException(
                    why.Error, $"{((long)names.Count - refused.Count).Figure()} of {((long)names.Count).Figure()} are {done}. {first} is not: {why.Message}", why);
        }

        async Task<(string Name, JobsException? Why)> TryAsync(string name)
        {
            try
            {
                await act(name);
                return (name, null);
            }
            catch (JobsException exception)
            {
                return (name, exception);
            }
        }
    }
}
