namespace Toolkit.Trainer.Reporting;

/// <summary>Small pictures of one size in rows: samples, filters, feature maps.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Images">The pictures, all of one height, width and number of channels.</param>
public sealed record ImageGrid(string Title, params IReadOnlyList<ReportImage> Images) : ReportItem
{
    /// <summary>The heading.</summary>
    public string Title { get; } = Figures.Named(nameof(ImageGrid), Title);

    /// <summary>The pictures, all of one height, width and number of channels.</summary>
    /// <exception cref="ArgumentException">There is none, or they differ in shape.</exception>
    public IReadOnlyList<ReportImage> Images { get; } = Check(Title, Images);

    /// <summary>How values become brightness or colour.</summary>
    public ImageScale Scale { get; init; }

    private static IReadOnlyList<ReportImage> Check(string title, IReadOnlyList<ReportImage> images)
    {
        Figures.Some(nameof(ImageGrid), title, images);
        foreach (ReportImage image in images)
        {
            if (image.Pixels.Shape != images[0].Pixels.Shape)
            {
                throw new ArgumentException($"ImageGrid '{title}': expected pictures of one shape, got {images[0].Pixels.Shape} and {image.Pixels.Shape}.", nameof(images));
            }
        }

        return images;
    }
}
