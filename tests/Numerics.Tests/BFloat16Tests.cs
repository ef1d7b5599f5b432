namespace Toolkit.Numerics.Tests;

public class BFloat16Tests
{
    [Theory]
    [InlineData(0x3F800000u, 0x3F80)]
    [InlineData(0x3F807FFFu, 0x3F80)]
    [InlineData(0x3F808000u, 0x3F80)]
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x3F818000u, 0x3F82)]
    [InlineData(0x80000000u, 0x8000)]
    [InlineData(0x00000001u, 0x0000)]
    [InlineData(0x00008001u, 0x0001)]
    [InlineData(0x7F7FFFFFu, 0x7F80)]
    [InlineData(0xFF800000u, 0xFF80)]
    public void Rounding_is_to_nearest_ties_to_even(uint bits, int expected) =>
        Assert.Equal((ushort)expected, ((BFloat16)BitConverter.UInt32BitsToSingle(bits)).Bits);

    [Theory]
    [InlineData(0x7F800001u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FC00000u)]
    public void A_NaN_stays_a_NaN_of_its_sign(uint bits)
    {
        var narrow = (BFloat16)BitConverter.UInt32BitsToSingle(bits);
        Assert.True(float.IsNaN((float)narrow));
        Assert.Equal(bits >> 31, (uint)narrow.Bits >> 15);
    }

    [Fact]
    public void Every_bfloat16_survives_the_way_through_float()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = new BFloat16((ushort)bits);
            if (!float.IsNaN((float)value))
            {
                Assert.Equal(value, (BFloat16)(float)value);
            }
        }
    }
}
