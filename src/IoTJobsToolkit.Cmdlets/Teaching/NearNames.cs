using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets.Teaching;

/// <summary>Finds what was meant by a name that there is not, in a few requests.</summary>
internal static class NearNames
{
    /// <summary>More than that many names which are equally near say nothing.</summary>
    private const int MostNamed = 3;

    /// <param name="pages">How many pages of names may be read.</param>
    /// <param name="isAws">Things are not searched by their beginning there.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(
        IJobs jobs, NameKind kind, string missing, int pages, bool isAws, CancellationToken cancellationToken)
    {
        var near = new Nearest(missing);
        if (!isAws && kind.BeginningAsync is { } beginning)
        {
            near.Add(await beginning(jobs, missing[..((missing.Length + 1) / 2)], cancellationToken).ConfigureAwait(false));
        }
        string? token = null;
        do
        {
            (var names, token) = await kind.ReadAsync(jobs, token, cancellationToken).ConfigureAwait(false);
            near.Add(names);
        }
        while (token is not null && --pages > 0);
        return near.Names.Count <= MostNamed ? near.Names : [];
    }

    private sealed class Nearest(string missing)
    {
        private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
        private int _distance = EditDistance.Most(missing);

        public IReadOnlyList<string> Names => _names.Contains(missing) ? [] : [.. _names];

        public void Add(IEnumerable<string> names)
        {
            foreach (var name in names.Where(name => Math.Abs(name.Length - missing.Length) <= _distance))
            {
                var distance = EditDistance.Of(missing, name);
                if (distance < _distance)
                {
                    _distance = distance;
                    _names.Clear();
                }
                if (distance == _distance)
                {
                    _names.Add(name);
                }
            }
        }
    }
}
