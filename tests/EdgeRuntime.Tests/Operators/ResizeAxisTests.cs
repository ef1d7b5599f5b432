using Toolkit.EdgeRuntime.Operators;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Operators;

public class ResizeAxisTests
{
    [Fact]
    public void Tf_half_pixel_for_nn_takes_no_half_off_the_coordinate()
    {
        var axis = new ResizeAxis(4, 3, 0.75f, 0, 0);

        Assert.Equal([0.5f / 0.75f, 2, 2.5f / 0.75f], Enumerable.Range(0, 3).Select(i => axis.CoordinateOf(i, CoordinateTransformation.TfHalfPixelForNn)));
        Assert.Equal(1, axis.Nearest(0.5f / 0.75f, NearestMode.RoundPreferFloor));
        Assert.False(new ResizeAxis(4, 4, 1, 0, 0).IsIdentity(CoordinateTransformation.TfHalfPixelForNn));
    }
}
