using MudBlazor;

namespace IoTJobsToolkit.Portal.Components.Layout;

/// <summary>Colours and type; every text colour keeps a contrast of 4.5 on its surfaces. Status colours stand in portal.css.</summary>
public static class PortalTheme
{
    private static readonly string[] Font = ["Roboto", "system-ui", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0a6470",
            Secondary = "#3d5a80",
            Info = "#1f5fbf",
            Success = "#1d7044",
            Warning = "#8f5200",
            Error = "#b3261e",
            Background = "#f4f6f8",
            BackgroundGray = "#e9edf1",
            Surface = "#ffffff",
            AppbarBackground = "#14212b",
            AppbarText = "#eef3f6",
            TextPrimary = "#16202a",
            TextSecondary = "#4f5d6b",
            ActionDefault = "#4f5d6b",
            LinesDefault = "#d9dfe5",
            LinesInputs = "#7b8895",
            TableLines = "#e3e8ed",
            Divider = "#d9dfe5",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#58c4cf",
            PrimaryContrastText = "#06282c",
            Secondary = "#9db8dc",
            Info = "#82b1ff",
            Success = "#6fcf97",
            Warning = "#f0b45c",
            Error = "#ff8a80",
            ErrorContrastText = "#3b0a06",
            Background = "#0f151a",
            BackgroundGray = "#0b1014",
            Surface = "#182027",
            AppbarBackground = "#0b1116",
            AppbarText = "#e6edf2",
            TextPrimary = "#e4eaef",
            TextSecondary = "#a7b4c0",
            ActionDefault = "#a7b4c0",
            LinesDefault = "#2b3640",
            LinesInputs = "#71808d",
            TableLines = "#26313a",
            Divider = "#2b3640",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = ".875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = ".8125rem", FontWeight = "500", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "48px" },
    };
}
