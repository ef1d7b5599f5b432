using Toolkit.Trainer.Data;

namespace Toolkit.Trainer.Tests.Data;

public sealed class DrawnShapesTests
{
    [Fact]
    public void Every_three_images_hold_each_shape_once()
    {
        DatasetSplits shapes = DrawnShapes.Load(train: 30, test: 30);
        Assert.Equal([30, 1, 28, 28], shapes.Train.X.Shape);
        Assert.All(shapes.Train.Y.ToArray().Chunk(3), three => Assert.Equal([0, 1, 2], three.Order()));
        Assert.NotEqual(shapes.Train.X.ToArray(), shapes.Test.X.ToArray());
        Assert.All(shapes.Train.X.ToArray(), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void An_image_depends_on_its_seed_and_index_alone()
    {
        var first = new byte[784];
        var second = new byte[784];
        int shape = DrawnShapes.Draw(20, 7, first);
        Assert.Equal(shape, DrawnShapes.Draw(20, 7, second));
        Assert.Equal(first, second);
        DrawnShapes.Draw(21, 7, second);
        Assert.NotEqual(first, second);
        Assert.Equal(first.Select(pixel => pixel / 255f), DrawnShapes.Load(train: 8, test: 0).Train.Slice(7..).X.ToArray());
    }

    [Fact]
    public void Pixels_are_the_same_on_every_machine()
    {
        var pixels = new byte[784];
        ulong hash = 14695981039346656037;
        for (ulong index = 0; index < 30; index++)
        {
            DrawnShapes.Draw(20, index, pixels);
            foreach (byte pixel in pixels)
            {
                hash = (hash ^ pixel) * 1099511628211;
            }
        }

        Assert.Equal(11343771932323482803, hash);
    }

    [Fact]
    public void Shapes_are_bright_on_dark_away_from_the_edge_and_of_many_sizes()
    {
        var areas = new List<int>();
        var pixels = new byte[784];
        for (ulong index = 0; index < 300; index++)
        {
            DrawnShapes.Draw(20, index, pixels);
            int bright = pixels.Count(pixel => pixel > 105);
            areas.Add(bright);
            Assert.InRange(bright, 15, 500);
            Assert.True(Enumerable.Range(0, 28).All(x => pixels[x] < 105 && pixels[(27 * 28) + x] < 105 && pixels[28 * x] < 105 && pixels[(28 * x) + 27] < 105), $"image {index}");
        }

        Assert.True(areas.Max() > 4 * areas.Min());
    }

    [Fact]
    public void The_room_for_pixels_is_checked()
    {
        Assert.Throws<ArgumentException>(() => DrawnShapes.Draw(20, 0, new byte[783]));
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnShapes.Load(train: -1));
    }
}
