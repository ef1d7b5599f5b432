using System.Xml.Linq;
using Toolkit.Numerics;
using Toolkit.Reports.Html;
using Toolkit.Trainer.Reporting;

namespace Toolkit.Reports.Tests.Images;

public class ImageGridTests
{
    [Fact]
    public void Grey_pictures_show_0_as_black_and_1_as_white_and_clip_the_rest()
    {
        DecodedPng picture = Picture(new ReportImage(Tensor.From<float>([2, 3], 0, 0.5f, 1, -1, 2, float.NaN)), ImageScale.Unit);
        Assert.Equal((3, 2, 1), (picture.Width, picture.Height, picture.Components));
        Assert.Equal([0, 128, 255, 0, 255, 0], picture.Pixels);
    }

    [Fact]
    public void Colour_planes_become_red_green_and_blue()
    {
        DecodedPng picture = Picture(new ReportImage(Tensor.From<float>([3, 1, 2], 1, 0, 0, 1, 0.2f, 0.4f)), ImageScale.Unit);
        Assert.Equal((255, 0, 51), picture.Rgb(0));
        Assert.Equal((0, 255, 102), picture.Rgb(1));
    }

    [Fact]
    public void A_stretched_picture_uses_all_of_the_range_and_a_flat_one_is_dark()
    {
        Assert.Equal([0, 64, 255], Picture(new ReportImage(Tensor.From<float>([1, 3], -4, -3, 0)), ImageScale.Range).Pixels);
        Assert.Equal([0, 0], Picture(new ReportImage(Tensor.From<float>([1, 2], 7, 7)), ImageScale.Range).Pixels);
    }

    [Fact]
    public void Diverging_pictures_share_one_scale()
    {
        var grid = new ImageGrid("Kernels", new ReportImage(Tensor.From<float>([1, 2], -2, 1)), new ReportImage(Tensor.From<float>([1, 2], 0, 0.5f))) { Scale = ImageScale.Diverging };
        DecodedPng[] pictures = [.. Page.Of(grid).Figure.Descendants("img").Select(Decode)];
        Assert.Equal([255, 128], pictures[0].Alpha);
        Assert.Equal([0, 64], pictures[1].Alpha);
        Assert.NotEqual(pictures[0].Rgb(0), pictures[0].Rgb(1));
        Assert.Equal(pictures[0].Rgb(1), pictures[1].Rgb(1));
    }

    [Fact]
    public void Small_pictures_are_enlarged_by_a_whole_factor()
    {
        XElement image = Page.Of(new ImageGrid("Digits", new ReportImage(new Tensor<float>([28, 28]), "7"))).Figure.Descendants("img").Single();
        Assert.Equal(("84", "84"), ((string?)image.Attribute("width"), (string?)image.Attribute("height")));
        XElement large = Page.Of(new ImageGrid("Photographs", new ReportImage(new Tensor<float>([150, 200])))).Figure.Descendants("img").Single();
        Assert.Equal(("200", "150"), ((string?)large.Attribute("width"), (string?)large.Attribute("height")));
        Assert.Equal("Photographs", (string?)large.Attribute("alt"));
    }

    [Fact]
    public void Very_many_pictures_are_cut_short_and_the_caption_says_so()
    {
        var grid = new ImageGrid("Filters", [.. Enumerable.Range(0, 1000).Select(i => new ReportImage(new Tensor<float>([3, 3]), $"{i}"))]);
        Page page = Page.Of(grid);
        Assert.Equal(ImageGridHtml.MaxImages, page.Figure.Descendants("img").Count());
        Assert.Contains("The first 144 of 1,000 pictures are shown.", page.Figure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Diverging_colours_need_one_channel()
    {
        var grid = new ImageGrid("Kernels", new ReportImage(new Tensor<float>([3, 2, 2]))) { Scale = ImageScale.Diverging };
        Assert.Contains("one channel", Assert.Throws<ArgumentException>(() => Page.Of(grid)).Message, StringComparison.Ordinal);
    }

    private static DecodedPng Picture(ReportImage image, ImageScale scale) => Decode(Page.Of(new ImageGrid("Picture", image) { Scale = scale }).Figure.Descendants("img").Single());

    private static DecodedPng Decode(XElement image) => DecodedPng.FromAddress(image.Attribute("src")!.Value);
}
