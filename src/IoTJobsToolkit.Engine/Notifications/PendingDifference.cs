namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>In what a thing's pending executions differ from what its devices know, by namespace (mqtt-api 6: the set P, the first F).</summary>
internal sealed class PendingDifference
{
    private readonly List<(string? NamespaceId, bool OfSet, bool OfNext)> _namespaces = [];

    public IReadOnlyList<(string? NamespaceId, bool OfSet, bool OfNext)> Namespaces => _namespaces;

    /// <summary>Adds one step: what differed once is told, also where a later step took it back.</summary>
    public void Add(PendingView before, PendingView after)
    {
        if (before.IsSameAs(after))
        {
            return;
        }
        foreach (var name in before.Namespaces.Concat(after.Namespaces).Distinct())
        {
            var (was, now) = (before.Of(name), after.Of(name));
            var ofNext = was.FirstOrDefault() != now.FirstOrDefault();
            var ofSet = was.Count != now.Count || !new HashSet<long>(was).SetEquals(now);
            if (ofSet || ofNext)
            {
                Add(name, ofSet, ofNext);
            }
        }
    }

    private void Add(string? name, bool ofSet, bool ofNext)
    {
        var index = _namespaces.FindIndex(one => one.NamespaceId == name);
        if (index < 0)
        {
            _namespaces.Add((name, ofSet, ofNext));
        }
        else
        {
            _namespaces[index] = (name, ofSet | _namespaces[index].OfSet, ofNext | _namespaces[index].OfNext);
        }
    }
}
