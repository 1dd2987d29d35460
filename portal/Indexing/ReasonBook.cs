namespace IoTJobsToolkit.Portal.Indexing;

/// <summary>Each reason once, with how many executions failed for it now.</summary>
internal sealed class ReasonBook
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<(string Text, int Count)> _reasons = [];
    private readonly Stack<int> _free = [];

    public string? this[int place] => place < 0 ? null : _reasons[place].Text;

    /// <summary>-1 where nothing failed for it.</summary>
    public int Find(string text) => _places.GetValueOrDefault(text, -1);

    public int Take(string text)
    {
        if (!_places.TryGetValue(text, out var place))
        {
            if (_free.TryPop(out place))
            {
                _reasons[place] = (text, 0);
            }
            else
            {
                place = _reasons.Count;
                _reasons.Add((text, 0));
            }
            _places[text] = place;
        }
        _reasons[place] = (text, _reasons[place].Count + 1);
        return place;
    }

    /// <summary>One execution less; a reason without any is forgotten, so that texts which never come again do not pile up.</summary>
    public void GiveBack(int place)
    {
        if (place < 0)
        {
            return;
        }
        var (text, count) = _reasons[place];
        _reasons[place] = (text, count - 1);
        if (count == 1)
        {
            _places.Remove(text);
            _free.Push(place);
        }
    }

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<ReasonCount> Counts() =>
        [.. _reasons.Where(reason => reason.Count > 0).Select(reason => new ReasonCount(reason.Text, reason.Count))
            .OrderByDescending(reason => reason.Count).ThenBy(reason => reason.Reason, StringComparer.Ordinal)];
}

public sealed record ReasonCount(string Reason, int Count);
