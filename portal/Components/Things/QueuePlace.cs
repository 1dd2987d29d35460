using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>Places in a thing's queue, in words. A device that asks for a namespace sees the queue of that one only.</summary>
public static class QueuePlace
{
    public const string Held = "held back";

    public static IEnumerable<(PendingPlace Place, string Words)> Of(IReadOnlyList<PendingPlace> pending)
    {
        var all = pending.Where(place => !place.IsHeld).CountBy(place => place.NamespaceId ?? "").ToDictionary();
        var passed = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in pending)
        {
            var space = place.NamespaceId ?? "";
            yield return (place, place.IsHeld
                ? Held
                : $"{Ordinal(passed[space] = passed.GetValueOrDefault(space) + 1)} of {((long)all[space]).Figure()}");
        }
    }

    public static string Ordinal(long number) => number.Figure() + (number % 100, number % 10) switch
    {
        (11 or 12 or 13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
}
