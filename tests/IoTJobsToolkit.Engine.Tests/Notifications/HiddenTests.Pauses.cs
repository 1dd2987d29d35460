using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>Pauses.</summary>
public sealed partial class HiddenTests
{
    [Fact]
    public async Task A_pause_and_its_end_are_told_to_who_has_something_queued()
    {
        await Group(2);
        await _t.StartNext("g-0000");
        await _heard.Clear();
        await _t.Run(new PauseJob("j"));
        await Hears(Gone(1));
        await _heard.Clear();
        await _t.Run(new ResumeJob("j"));
        await Hears("g-0001: notify [j#1] next j#1");
    }

    [Fact]
    public async Task A_window_that_opens_for_a_paused_job_is_told_to_nobody()
    {
        await Windowed(1);
        await At(Monday.AddMinutes(3));
        await _t.Run(new PauseJob("w"));
        await _heard.Clear();
        await At(Monday.AddDays(1));
        await Hears();
        await _t.Run(new ResumeJob("w"));
        await Hears("g-0000: notify [w#1] next w#1");
    }
}
