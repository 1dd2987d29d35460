using IoTJobsToolkit.Portal.Components.Watch;
using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class TroubleLinesTests
{
    private static List<Trouble> Some(TroubleKind kind, int count) => [.. Enumerable.Range(0, count).Select(i => new Trouble(kind, $"fw-{i}", 1))];

    [Fact]
    public void All_have_a_line_where_there_is_room()
    {
        var troubles = Some(TroubleKind.DevicesSilent, 2).Concat(Some(TroubleKind.Stuck, 2)).ToList();

        Assert.Equal(
            troubles.Select(trouble => (trouble, 0)),
            TroubleLines.Of(troubles, new Dictionary<TroubleKind, int> { [TroubleKind.DevicesSilent] = 2, [TroubleKind.Stuck] = 2 }, 6));
    }

    [Fact]
    public void No_kind_is_hidden_by_a_more_pressing_one()
    {
        var troubles = Some(TroubleKind.DevicesSilent, 10).Concat(Some(TroubleKind.Stuck, 10)).Concat(Some(TroubleKind.WindowNext, 1)).ToList();
        var counts = new Dictionary<TroubleKind, int> { [TroubleKind.DevicesSilent] = 300, [TroubleKind.Stuck] = 12, [TroubleKind.WindowNext] = 1 };

        Assert.Equal(
            [(troubles[0], 0), (troubles[1], 0), (troubles[2], 0), (troubles[3], 296), (troubles[10], 11), (troubles[20], 0)],
            TroubleLines.Of(troubles, counts, 6));
    }
}
